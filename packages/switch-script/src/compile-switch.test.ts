import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { everyChange } from "../test-kit/every-change.ts";
import { FolderMachine } from "../test-kit/folder-machine.ts";

const failing = { checks: { before: [], after: [{ name: "never", run: "false", timeout: 0 }] } };

describe("compileSwitch", () => {
  let machine = new FolderMachine();
  beforeEach(() => void (machine = new FolderMachine()));
  afterEach(() => machine.remove());

  test("makes every kind of change", () => {
    machine.prepare(everyChange(machine));
    const { output, status } = machine.run("journal.new/apply.sh");
    expect(output.replaceAll(/^==> .*\n/gm, "")).toBe("");
    expect(status).toBe(0);
    expect(
      machine.list().map((line) => line.replace(/ [\d.]*$/, "").replaceAll(/,"[ug]id":\d+/g, "")),
    ).toMatchSnapshot();
  });

  test("brings everything back as it was, with modes and times, when a check fails", () => {
    const steps = everyChange(machine);
    const before = machine.list();
    machine.prepare(steps, failing);
    const { output, status } = machine.run("journal.new/apply.sh");
    expect(output).toContain('Cannot go on: the check "never" does not succeed\nGoing back to what it was\n');
    expect(status).toBe(3);
    expect(machine.list()).toEqual(before);
  });
});
