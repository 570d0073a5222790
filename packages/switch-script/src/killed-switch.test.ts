import { countChanges, failAt, killAt } from "@firn/fault";
import { join } from "node:path";
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { everyChange } from "../test-kit/every-change.ts";
import { FolderMachine } from "../test-kit/folder-machine.ts";

const environment = { ...process.env, FIRN_NO_SYNC: "1" };
const failing = { checks: { before: [], after: [{ name: "never", run: "false", timeout: 0 }] } };
const timeout = 120_000;

describe("a switch", () => {
  let machine: FolderMachine | undefined;
  afterEach(() => machine?.remove());

  /** A machine before the switch, what there is on it, and the command that switches it. */
  const ready = (more = {}) => {
    machine?.remove();
    machine = new FolderMachine();
    const steps = everyChange(machine);
    const before = machine.list();
    machine.prepare(steps, more);
    return { machine, before, command: ["sh", join(machine.root, "var/lib/firn/journal.new/apply.sh")] };
  };

  /** Says what the machine is after recovery, and fails if that is neither. */
  const settle = (left: FolderMachine, before: readonly string[], label: string): "old" | "new" => {
    left.recover();
    const isNew = JSON.stringify(left.listUndated()) === JSON.stringify(done);
    if (!isNew) expect(left.list(), label).toEqual(before);
    return isNew ? "new" : "old";
  };

  let done: readonly string[] = [];
  let count = 0;
  beforeAll(() => {
    const { machine: switched } = ready();
    const { status } = switched.run("journal.new/apply.sh");
    if (status !== 0) throw new Error(`A switch that nobody kills exits with ${status}`);
    done = switched.listUndated();
    count = countChanges(ready().command, { environment });
  });

  test("that is killed before any change is exactly old or exactly new after recovery", { timeout }, () => {
    const outcomes = new Set<string>();
    for (let n = 1; n <= count; n++) {
      const { before, command, machine: killed } = ready();
      expect(killAt(n, command, { environment }).status).toBe(137);
      outcomes.add(settle(killed, before, `killed at ${n}`));
    }
    expect(count).toBeGreaterThan(80);
    expect([...outcomes].toSorted()).toEqual(["new", "old"]);
  });

  test("that is killed on its way back is exactly old after recovery", { timeout }, () => {
    // From where all is made ready.
    const there = Math.round(count / 3);
    let n = there;
    for (; ; n++) {
      const { before, command, machine: killed } = ready(failing);
      const { status } = killAt(n, command, { environment });
      if (status !== 137) break;
      expect(settle(killed, before, `killed at ${n}`)).toBe("old");
    }
    expect(n).toBeGreaterThan(count);
  });

  test.each(["ENOSPC", "EIO"] as const)(
    "of which any change fails with %s is exactly old or exactly new",
    { timeout },
    (error) => {
      for (let n = error === "EIO" ? 1 : 2; n <= count; n += 2) {
        const { before, command, machine: failed } = ready();
        const { output, status } = failAt(n, { error, environment }, command);
        const label = `failed at ${n}: ${status} ${output}`;
        expect([0, 1, 2, 3], label).toContain(status);
        expect(settle(failed, before, label), label).toBe(status === 0 ? "new" : "old");
      }
    },
  );

  test(
    "on a file system that is full, or read only, from some change on is exactly old or new once it is not",
    { timeout },
    () => {
      for (let n = 1; n <= count; n += 3) {
        const error = n % 2 === 0 ? "EROFS" : "ENOSPC";
        const { before, command, machine: failed } = ready();
        const { output, status } = failAt(n, { error, environment, isLasting: true }, command);
        const label = `failed from ${n} on: ${status} ${output}`;
        expect(settle(failed, before, label), label).toBe(status === 0 ? "new" : "old");
      }
    },
  );
});
