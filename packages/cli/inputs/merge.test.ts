import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { flakeFiles, moduleFiles, portModule } from "./flake-files.ts";
import { Machine, type Said } from "./machine.ts";

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
  publish("log", "1.0.0");
  publish("core", "1.0.0", { log: asks("log") });
  publish("edge", "1.0.0");
});
afterEach(() => machine.remove());

const asks = (name: string, semver = "^1.0"): object => ({ git: `file://${machine.path(name)}`, semver });

function publish(name: string, version: string, inputs: object = {}): void {
  const source = portModule(name, Number(version.replaceAll(".", "")));
  machine.commit(
    name,
    { ...flakeFiles(name, inputs), ...moduleFiles(`@acme/${name}`, source) },
    { tag: `v${version}` },
  );
}

/** Makes a locked flake with two inputs, on a branch "main" and the same on a branch "other", where it is now. */
function branch({ driver }: { readonly driver: boolean }): void {
  const inputs = { core: asks("core"), edge: asks("edge") };
  machine.commit("mine", flakeFiles("mine", inputs, { transports: ["file"] }));
  if (driver) machine.done("mine", "firn", "init");
  machine.done("mine", "firn", "lock");
  machine.commit("mine", {});
  machine.done("mine", "git", "checkout", "--quiet", "-b", "other");
}

/** Does something to the lock on a branch, and commits it. */
function change(name: "main" | "other", ...args: readonly string[]): void {
  machine.done("mine", "git", "checkout", "--quiet", name);
  machine.done("mine", "firn", ...args);
  machine.commit("mine", {}, { message: args.join(" ") });
}

const merge = (): Said => machine.run("mine", ["git", "merge", "--no-edit", "other"]);
const lock = (): string => machine.read("mine/lockfile.json");

/** Gives the lock of the same flake.yaml when nothing was locked before. */
function lockFromNothing(): string {
  machine.write("anew/flake.yaml", machine.read("mine/flake.yaml"));
  machine.write("anew/pnpm-workspace.yaml", "packages: [modules/*]\n");
  machine.done("anew", "firn", "lock");
  return machine.read("anew/lockfile.json");
}

describe.each([
  { by: "plain git", driver: false },
  { by: "the driver of firn", driver: true },
])("two branches, merged by $by", ({ driver }) => {
  beforeEach(() => branch({ driver }));

  test("that move different inputs merge without a conflict, to what both say", () => {
    publish("log", "1.1.0");
    publish("core", "1.1.0", { log: asks("log", "^1.1") });
    publish("edge", "1.1.0");
    change("other", "update", "edge");
    change("main", "update", "core");
    expect(merge()).toMatchObject({ status: 0 });
    expect(machine.firn("mine", "lock", "--frozen")).toMatchObject({ status: 0, out: "Nothing to lock: 3 inputs\n" });
    expect(lock()).toBe(lockFromNothing());
    expect(machine.done("mine", "git", "status", "--short")).toBe("");
  });

  test("that move one input conflict, which every command says and firn lock settles", () => {
    publish("edge", "1.1.0");
    change("other", "update");
    publish("edge", "1.2.0");
    change("main", "update");
    expect(merge().status).toBe(1);
    expect(lock()).toContain("<<<<<<<");
    for (const args of [["lock", "--frozen"], ["check"]]) {
      const { status, err } = machine.firn("mine", ...args);
      expect(status).toBe(1);
      expect(err).toContain('error[stale-lock]: Cannot go on with the input "edge"');
    }
    machine.done("mine", "firn", "lock");
    expect(lock()).toBe(lockFromNothing());
    expect(JSON.parse(lock())).toMatchObject({ inputs: { edge: { version: "1.2.0" }, core: { version: "1.0.0" } } });
  });

  test("that move one input to the same, and others apart, do not conflict", () => {
    publish("edge", "1.1.0");
    change("other", "update", "edge");
    publish("core", "1.1.0", { log: asks("log") });
    change("main", "update");
    expect(merge()).toMatchObject({ status: 0 });
    expect(lock()).toBe(lockFromNothing());
  });

  test("of which one moves an input and the other drops it, end without it once flake.yaml is settled", () => {
    publish("core", "1.1.0", { log: asks("log") });
    change("other", "update", "core");
    change("main", "input", "remove", "core");
    merge();
    expect(machine.read("mine/flake.yaml")).not.toContain("<<<<<<<");
    machine.done("mine", "firn", "lock");
    expect(Object.keys(JSON.parse(lock()).inputs)).toEqual(["edge"]);
    expect(lock()).toBe(lockFromNothing());
  });
});

describe("two branches that each add an input at the same place", () => {
  function addBoth(): void {
    publish("data", "1.0.0");
    publish("dune", "1.0.0");
    const add = (name: string): string[] => ["input", "add", name, `file://${machine.path(name)}`, "--semver", "^1.0"];
    change("other", ...add("data"));
    change("main", ...add("dune"));
  }

  /** Takes both sides of flake.yaml, as whoever merges would. */
  function settleFlake(): void {
    const text = machine.read("mine/flake.yaml");
    if (!text.includes("<<<<<<<")) return;
    const [, before = "", ours = "", theirs = "", after = ""] =
      /^([\s\S]*)<<<<<<< .*\n([\s\S]*)=======\n([\s\S]*)>>>>>>> .*\n([\s\S]*)$/.exec(text) ?? [];
    machine.write("mine/flake.yaml", `${before}${ours.trimEnd().replace(/,?$/, ",")}\n${theirs}${after}`);
  }

  test("merge to a lock with both by the driver", () => {
    branch({ driver: true });
    addBoth();
    merge();
    expect(lock()).not.toContain("<<<<<<<");
    settleFlake();
    expect(machine.firn("mine", "lock", "--frozen")).toMatchObject({ status: 0 });
    expect(lock()).toBe(lockFromNothing());
  });

  test("conflict by plain git, and firn lock settles it without a change of what both have", () => {
    branch({ driver: false });
    addBoth();
    merge();
    expect(lock()).toContain("<<<<<<<");
    settleFlake();
    machine.done("mine", "firn", "lock");
    expect(lock()).toBe(lockFromNothing());
  });
});

describe("firn lock --frozen after a bad merge", () => {
  beforeEach(() => branch({ driver: false }));

  function frozen(): string {
    const before = lock();
    const { status, err } = machine.firn("mine", "lock", "--frozen");
    expect(status).toBe(1);
    expect(lock()).toBe(before);
    return err;
  }

  /** Locks, which must give what a lock from nothing is, and stay so. */
  function heal(): void {
    machine.done("mine", "firn", "lock");
    expect(lock()).toBe(lockFromNothing());
    expect(machine.firn("mine", "lock", "--frozen").status).toBe(0);
  }

  test("names the input whose entry was lost, however deep it is", () => {
    const { inputs, ...rest } = JSON.parse(lock());
    const { "core/log": _lost, ...kept } = inputs;
    machine.write("mine/lockfile.json", `${JSON.stringify({ ...rest, inputs: kept }, undefined, 2)}\n`);
    expect(frozen()).toContain('error[stale-lock]: Cannot go on with the input "core/log"');
    heal();
  });

  test("names the input whose flake.yaml is that of one side and whose lock that of the other", () => {
    publish("edge", "2.0.0");
    machine.write(
      "mine/flake.yaml",
      machine.read("mine/flake.yaml").replace(/(\/edge",\s+"semver": )"\^1\.0"/, '$1"^2.0"'),
    );
    expect(frozen()).toContain('error[stale-lock]: Cannot go on with the input "edge"');
  });

  test("names the input that nobody asks for any more", () => {
    const { inputs, ...rest } = JSON.parse(lock());
    const more = { ...inputs, "core/more": inputs.edge };
    machine.write("mine/lockfile.json", `${JSON.stringify({ ...rest, inputs: more }, undefined, 2)}\n`);
    expect(frozen()).toContain('error[stale-lock]: Cannot go on with the input "core/more"');
    heal();
  });

  test("names the input of which one entry is from each side", () => {
    publish("log", "2.0.0");
    publish("core", "1.1.0", { log: asks("log", "^2.0") });
    const before = JSON.parse(lock());
    machine.done("mine", "firn", "update");
    const { inputs, ...rest } = JSON.parse(lock());
    const mixed = { ...inputs, "core/log": before.inputs["core/log"] };
    machine.write("mine/lockfile.json", `${JSON.stringify({ ...rest, inputs: mixed }, undefined, 2)}\n`);
    expect(frozen()).toContain('error[stale-lock]: Cannot go on with the input "core/log"');
    heal();
  });
});
