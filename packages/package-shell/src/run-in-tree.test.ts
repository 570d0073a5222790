import { closeSync, existsSync, lstatSync, mkdirSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { isDiagnosticError } from "@firn/diagnostic";
import { type ProgramInTree, runInTree, writeWrappers } from "@firn/package-shell";
import { SmallTree } from "../test-kit/small-tree.ts";

const small = new SmallTree();
let tree = "";
const path = { PATH: "/usr/bin" };

beforeAll(async () => {
  tree = await small.build({ own: "echo own" });
});
afterAll(() => small.remove());

/** Where a program may write what it has to say. */
let files = 0;

/** Runs a script of sh in the tree. @returns exit status and what it wrote to standard output and error */
async function run(script: string, options: Partial<ProgramInTree> = {}): Promise<string> {
  const place = join(small.folder, `said-${++files}`);
  const said = openSync(place, "w");
  try {
    const program = { tree, command: "/bin/sh", args: ["-c", script], environment: path, ...options };
    const status = await runInTree({ ...program, stdio: ["ignore", said, said] });
    return `${status} ${readFileSync(place, "utf8").trimEnd()}`;
  } finally {
    closeSync(said);
  }
}

async function problemOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (thrown) {
    if (!isDiagnosticError(thrown)) throw thrown;
    const told = thrown.diagnostics.map(({ code, fix, message, why }) => [`${code}: ${message}`, ...(why ?? []), fix]);
    return told.flat().join("\n");
  }
  return "no problem";
}

describe("runInTree", () => {
  test("a program sees the usr of the tree, and all else of the machine", async () => {
    expect(
      await run("own; ls /usr/bin/node /usr/bin/ssh; ls /etc/passwd", { args: ["-c", "own; ls /etc/passwd"] }),
    ).toBe("0 own\n/etc/passwd");
    expect(await run("ls /usr/bin")).toBe("0 dash\nenv\nid\nls\nown\nperl\nreadlink\nsh");
  });

  test("it gets arguments, variables and the folder as they are", async () => {
    mkdirSync(join(small.folder, "a b"));
    const said = await run("", {
      args: ["-c", 'echo "$0|$1|$A|$PERL_BADLANG"; readlink /proc/self/cwd', "x y", "'\"$A"],
      environment: { ...path, A: "a\nb" },
      cwd: join(small.folder, "a b"),
    });
    expect(said).toBe(`0 x y|'"$A|a\nb|\n${small.folder}/a b`);
  });

  test("it runs as the user who starts it, with no file open but those of its streams", async () => {
    const [user, group] = [process.getuid?.(), process.getgid?.()];
    // Other files may be those of whoever runs the test.
    expect(await run("id -u; id -g; [ -e /proc/$$/fd/3 ] || echo closed")).toBe(`0 ${user}\n${group}\nclosed`);
  });

  test("its exit status is given, also when a signal ended it", async () => {
    expect(await run("exit 7")).toBe("7 ");
    expect(await run("kill -TERM $$")).toBe("143 ");
  });

  test("it is found by PATH, and not where the machine has it", async () => {
    expect(await run("", { command: "own", args: [] })).toBe("0 own");
    expect(await problemOf(run("", { command: "ldd", args: [] }))).toBe(
      [
        'no-namespace: Cannot run "ldd" in the tree: it cannot be started',
        "The system says: No such file or directory",
        "Add its package, or correct its name",
      ].join("\n"),
    );
  });

  test("it cannot change the tree", async () => {
    expect(await run("echo > /usr/bin/own")).toMatch(/^2 .*: Read-only file system$/);
    expect(readFileSync(join(tree, "usr/bin/own"), "utf8")).toBe("#!/bin/sh\necho own\n");
  });

  test("/usr/local is that of the machine, unless the shell is pure", async () => {
    const local = "print((stat '/usr/local')[1])";
    const perl = { command: "perl", args: ["-e", local] };
    expect(await run("", perl)).toBe(`0 ${lstatSync("/usr/local").ino}`);
    expect(await run("", { ...perl, isPure: true })).toBe(`0 ${lstatSync(join(tree, "usr/local")).ino}`);
  });

  test("a language that the tree does not know is none", async () => {
    const language = (environment: Record<string, string>): Promise<string> => {
      return run("echo $LC_ALL", { environment: { ...path, ...environment } });
    };
    expect(await language({ LANG: "de_DE.UTF-8" })).toBe("0 C.UTF-8");
    expect(await language({ LC_ALL: "de_DE.UTF-8", LANG: "C" })).toBe("0 C.UTF-8");
    expect(await language({ LANG: "C" })).toBe("0 ");
    const knowing = await small.build({}, ["/usr/lib/locale/locale-archive"]);
    expect(await run("echo $LC_ALL", { tree: knowing, environment: { ...path, LANG: "de_DE.UTF-8" } })).toBe("0 ");
  });

  test("what the user set for perl does not stop it", async () => {
    const environment = { ...path, PERL5OPT: "-w -Mstrict" };
    expect(await run("echo $PERL5OPT", { environment })).toBe("0 -w -Mstrict");
  });

  test("a signal that this process alone gets is given to it", async () => {
    const ready = join(small.folder, "ready");
    const ended = run(`trap "exit 5" TERM; echo > ${ready}; while :; do readlink / ; done`);
    await vi.waitFor(() => expect(existsSync(ready)).toBe(true), 20_000);
    process.emit("SIGTERM", "SIGTERM");
    expect(await ended).toMatch(/^5/);
  });

  test("a tree that is not there is told", async () => {
    expect(await problemOf(run("", { tree: join(small.folder, "none") }))).toBe(
      [
        'no-namespace: Cannot run "/bin/sh" in the tree: the tree is not there',
        "The system says: No such file or directory",
        "Build it again",
      ].join("\n"),
    );
  });

  test("a program of the tree that starts another of it stays in the same namespace", async () => {
    const wrappers = writeWrappers({ tree, folder: join(small.folder, "wrappers") });
    const PATH = `${wrappers}:/usr/bin`;
    const namespaces = "readlink /proc/self/ns/mnt; /usr/bin/readlink /proc/self/ns/mnt";
    const [, first, second] = (await run(namespaces, { environment: { PATH } })).split(/\s/);
    expect(second).toBe(first);
  });

  test("a program of one tree may start one of another", async () => {
    const other = await small.build({ own: "echo other; ls /usr/bin/more", more: "" });
    const wrappers = writeWrappers({ tree: other, folder: join(small.folder, "wrappers") });
    expect(await run(`own; ${wrappers}/own; own`)).toBe("0 own\nother\n/usr/bin/more\nown");
  });
});
