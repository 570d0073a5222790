import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type JournalFiles, lockMachine, type LockedMachine } from "@firn/activation";
import { type Scope, systemState } from "@firn/plan";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

let scope: Scope;
let said: string[] = [];
const locked: LockedMachine[] = [];

beforeEach(() => {
  const root = mkdtempSync(join(tmpdir(), "firn-activation-"));
  scope = { kind: "system", root, state: systemState, hasOwners: true };
  said = [];
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(locked.splice(0).map((machine) => machine.release()));
  rmSync(scope.root, { recursive: true, force: true });
});

const state = (...below: readonly string[]): string => join(scope.root, systemState, ...below);

async function lock(holder = "a test"): Promise<LockedMachine> {
  const machine = await lockMachine(scope, { holder, report: (line) => said.push(line) });
  locked.push(machine);
  return machine;
}

/** What a journal holds whose script does this. */
function journalOf(apply: string, more: Partial<JournalFiles> = {}): JournalFiles {
  return {
    scripts: { apply: `S='${state()}'\n${apply}\n`, revert: "exit 3\n", clean: "exit 0\n", staged: {} },
    ...more,
  };
}

const begin = `mv "$S/journal.new" "$S/journal"`;

describe("lockMachine", () => {
  test("tells a second one who has the lock", async () => {
    await lock("firn switch web");
    await expect(lock("another")).rejects.toMatchObject({
      diagnostics: [
        {
          code: "switch-locked",
          why: [`The lock "${state("lock")}" is held by process ${process.pid}: firn switch web`],
        },
      ],
    });
  });

  test("gives the lock to the next once it is released", async () => {
    const first = await lock("the first");
    await first.release();
    expect(readFileSync(state("lock"), "utf8")).toBe("");
    await lock("the second");
    expect(readFileSync(state("lock"), "utf8")).toBe(`process ${process.pid}: the second\n`);
  });

  test("gives the lock to one of many who ask at once, and a message to the others", async () => {
    const asked = await Promise.allSettled([1, 2, 3, 4, 5].map((each) => lock(`number ${each}`)));
    const given = asked.filter(({ status }) => status === "fulfilled");
    const refused = asked.flatMap((each) => (each.status === "rejected" ? [each.reason.diagnostics[0].code] : []));
    expect([given.length, refused]).toEqual([1, Array(4).fill("switch-locked")]);
  });

  test("gives the lock to the next when whoever has it was killed", async () => {
    const first = await lock("the first");
    const outcome = first.run(journalOf(`kill -KILL "$PPID"`));
    expect(await outcome).toBe("refused");
    await expect(lock("the second")).resolves.toBeDefined();
  });

  test("says so where the folder of the state cannot be made", async () => {
    mkdirSync(join(scope.root, "var"));
    writeFileSync(join(scope.root, "var/lib"), "");
    await expect(lock()).rejects.toMatchObject({ diagnostics: [{ code: "switch-failed" }] });
  });

  test("says so where the lock cannot be written", async () => {
    mkdirSync(state("lock"), { recursive: true });
    await expect(lock()).rejects.toMatchObject({
      diagnostics: [{ code: "switch-failed", message: `Cannot write the lock "${state("lock")}"` }],
    });
  });

  test("says so where flock is missing", async () => {
    mkdirSync(join(scope.root, "bin"));
    const { stdout } = spawnSync("sh", ["-c", "command -v sh"], { encoding: "utf8" });
    writeFileSync(join(scope.root, "bin/sh"), `#!${stdout.trim()}\nexec ${stdout.trim()} "$@"\n`);
    chmodSync(join(scope.root, "bin/sh"), 0o755);
    vi.stubEnv("PATH", join(scope.root, "bin"));
    await expect(lock()).rejects.toMatchObject({
      diagnostics: [{ code: "switch-failed", fix: "Install util-linux" }],
    });
  });
});

describe("run", () => {
  test.each([
    ["exits with 0", "exit 0", "done"],
    ["exits with 1", "exit 1", "refused"],
    ["exits with 3", "exit 3", "reverted"],
    ["exits with 4", "exit 4", "refused"],
    ["exits with 4 after it began", `${begin}; exit 4`, "broken"],
    ["is killed before it began", "kill -KILL $$", "refused"],
    ["is killed after it began", `${begin}; kill -KILL $$`, "broken"],
    ["is killed after it was proved", `mv "$S/journal.new" "$S/committed"; kill -KILL $$`, "done"],
    ["is killed with the lock after it began", `${begin}; kill -KILL "$PPID"`, "broken"],
  ])("of a script that %s (%s) is %s", async (_, script, outcome) => {
    const machine = await lock();
    expect(await machine.run(journalOf(script))).toBe(outcome);
    expect(existsSync(state("journal.new"))).toBe(false);
  });

  test("reports each line that the script prints, errors included", async () => {
    const machine = await lock();
    await machine.run(journalOf("echo one; echo two >&2; printf 'firn-1-1 0\\nno end'; exit 0"));
    expect(said).toEqual(["one", "two", "firn-1-1 0", "no end"]);
  });

  test("gives the script the lock, and nothing to read", async () => {
    const machine = await lock();
    const isHeld = `flock -n "$S/lock" true && exit 1`;
    expect(await machine.run(journalOf(`${isHeld}; [ "$FIRN_LOCKED" = 1 ] && ! read -r line && exit 0; exit 1`))).toBe(
      "done",
    );
  });

  test("writes the journal so that it can be entered by all, and read by nobody else where it need not be", async () => {
    const machine = await lock();
    const files = journalOf(
      `cd "$S/journal.new" && stat -c '%a %n' . * installed/*; readlink installed/generation; exit 0`,
      {
        installed: { generation: "0123-web", number: 7, record: "{}\n" },
        number: '{"number":7}\n',
      },
    );
    await machine.run({ ...files, scripts: { ...files.scripts, staged: { checksums: "staged\n" } } });
    expect(said.toSorted()).toEqual([
      "../../store/generations/0123-web",
      "600 apply.sh",
      "600 checksums",
      "600 clean.sh",
      "600 installed/record.json",
      "600 revert.sh",
      "644 installed/number",
      "644 number.json",
      "700 .",
      "755 installed",
      "777 installed/generation",
    ]);
  });

  test("runs one after the other while the lock is held", async () => {
    const machine = await lock();
    expect([await machine.run(journalOf("exit 1")), await machine.run(journalOf("exit 0"))]).toEqual([
      "refused",
      "done",
    ]);
  });

  test("says so where the journal cannot be written, and changes nothing", async () => {
    const machine = await lock();
    mkdirSync(state("journal.new/apply.sh"), { recursive: true });
    const files = journalOf("exit 0");
    const staged = { "missing/folder": "" };
    await expect(machine.run({ ...files, scripts: { ...files.scripts, staged } })).rejects.toMatchObject({
      diagnostics: [{ code: "switch-failed", message: "Cannot write what the switch needs" }],
    });
    expect(readdirSync(state())).toEqual(["lock"]);
  });
});

describe("recover", () => {
  function leave(folder: string, scripts: Readonly<Record<string, string>>): void {
    mkdirSync(state(folder), { recursive: true });
    for (const [name, text] of Object.entries(scripts)) writeFileSync(state(folder, name), `S='${state()}'\n${text}\n`);
  }
  const removed = (folder: string): string => `echo "$0"; rm -rf "$S/${folder}"`;

  test("does nothing where nothing was interrupted", async () => {
    expect(await (await lock()).recover()).toBeUndefined();
  });

  test("takes back a switch that had begun", async () => {
    leave("journal", { "revert.sh": `${removed("journal")}; exit 3`, "clean.sh": "exit 1" });
    expect(await (await lock()).recover()).toEqual({ kind: "reverted" });
    expect(said).toEqual([state("journal/revert.sh")]);
  });

  test("ends a switch that was proved", async () => {
    leave("committed", { "clean.sh": `${removed("committed")}; exit 0`, "revert.sh": "exit 3" });
    expect(await (await lock()).recover()).toEqual({ kind: "finished" });
    expect(said).toEqual([state("committed/clean.sh")]);
  });

  test.each([
    ["journal", "revert.sh", "exit 4"],
    ["journal", "revert.sh", "kill -KILL $$"],
    ["committed", "clean.sh", "exit 1"],
  ])("says that the machine is in neither state where %s/%s ends with %s", async (folder, name, script) => {
    leave(folder, { [name]: script });
    expect(await (await lock()).recover()).toEqual({ kind: "broken" });
    expect(existsSync(state(folder))).toBe(true);
  });

  test("removes what was made ready for a switch that never began, and what one had ended with", async () => {
    leave("journal.new", { "apply.sh": "exit 0" });
    leave("ended", {});
    expect(await (await lock()).recover()).toBeUndefined();
    expect(readdirSync(state())).toEqual(["lock"]);
  });
});
