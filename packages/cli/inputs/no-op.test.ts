import { existsSync, rmSync, statSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { flakeFiles, hostFiles, hostSource, moduleFiles, portModule } from "./flake-files.ts";
import { Machine } from "./machine.ts";

const strace = "/usr/bin/strace";

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
  const real = machine.done(".", "sh", "-c", "command -v git");
  for (const name of ["log", "core"]) {
    const inputs = name === "core" ? { log: asks("log") } : {};
    const files = { ...flakeFiles(name, inputs), ...moduleFiles(`@acme/${name}`, portModule(name, 80)) };
    machine.commit(name, files, { tag: "v1.0.0" });
  }
  machine.writeAll("mine", {
    ...flakeFiles("mine", { core: asks("core") }, { transports: ["file"] }),
    ...hostFiles("shop", hostSource({ core: "@acme/core" }, {})),
  });
  machine.program("git", `echo "$@" >> '${machine.path("calls")}'\nexec '${real}' "$@"`);
});
afterEach(() => machine.remove());

const asks = (name: string): object => ({ git: `file://${machine.path(name)}`, semver: "^1.0" });

/** Lists the calls of git since the last time. */
function calls(): readonly string[] {
  const lines = (machine.find("calls") ?? "").split("\n").filter((line) => line !== "");
  rmSync(machine.path("calls"), { force: true });
  return lines;
}

test("firn lock starts git when there is something to lock, and not when there is nothing", () => {
  machine.done("mine", "firn", "lock");
  expect(calls().length).toBeGreaterThan(2);
  expect(machine.done("mine", "firn", "lock")).toBe("Nothing to lock: 2 inputs");
  expect(calls()).toEqual([]);
});

test("firn lock with nothing to lock writes nothing, and needs no repository", () => {
  machine.done("mine", "firn", "lock");
  for (const name of ["log", "core", "cache"]) machine.done(".", "rm", "-rf", name);
  const files = ["flake.yaml", "lockfile.json", ".firn/inputs/.laid-out", "hosts/node_modules/@acme/core"];
  const states = (): unknown => files.map((file) => statSync(machine.path(`mine/${file}`)).ctimeMs);
  const before = states();
  machine.done("mine", "firn", "lock");
  machine.done("mine", "firn", "lock", "--frozen");
  expect(states()).toEqual(before);
  expect(existsSync(machine.path("cache/firn/git"))).toBe(false);
});

test("commands that evaluate start no git where the inputs are laid out", () => {
  machine.done("mine", "firn", "lock");
  calls();
  expect(JSON.parse(machine.done("mine", "firn", "eval", "shop", "--json"))).toEqual({ core: { port: 80 } });
  machine.done("mine", "firn", "check");
  machine.done("mine", "firn", "why", "shop", "core.port");
  machine.done("mine", "firn", "option");
  expect(calls()).toEqual([]);
});

describe.skipIf(!existsSync(strace))("as the system sees it, firn lock", () => {
  /** Runs firn lock, and lists the programs that are started and the calls that have to do with sockets. */
  function trace(): { readonly programs: readonly string[]; readonly sockets: readonly string[] } {
    const what = ["-e", "trace=execve,socket,socketpair,connect,clone,clone3,fork,vfork", "-o", machine.path("trace")];
    // Without --seccomp-bpf, since not every kernel lets a process have it.
    machine.done("mine", strace, "-f", "-qq", ...what, process.execPath, command(), "lock");
    const lines = machine.read("trace").split("\n");
    return {
      programs: lines.flatMap((line) => /execve\("([^"]*)".* = 0$/.exec(line)?.[1] ?? []),
      sockets: lines.filter((line) => /\b(?:socket|socketpair|connect)\(/.test(line)),
    };
  }

  const command = (): string => /'([^']*firn\.cjs)'/.exec(machine.read("bin/firn"))?.[1] ?? "";

  test("starts programs when there is something to lock", () => {
    expect(trace().programs.filter((program) => program.endsWith("/git")).length).toBeGreaterThan(2);
  });

  test("starts none and opens no socket when there is nothing", () => {
    machine.done("mine", "firn", "lock");
    expect(trace()).toEqual({ programs: [process.execPath], sockets: [] });
  });
});
