import type { Manifest } from "@firn/manifest";
import { type Actual, emptyRecord, type PathState, planSwitch, type SwitchRecord } from "@firn/plan";
import { describe, expect, test } from "vitest";
import { systemScope } from "../test/memory-machine.ts";
import { nothing } from "../test/random-machine.ts";

const accounts = { passwd: "root:x:0:0:root:/root:/bin/sh\n", group: "root:x:0:\n" };
const target = "/var/lib/firn/current/generation/files/etc/tool";
const ours: PathState = { kind: "symlink", target, uid: 0, gid: 0 };
const file: PathState = { kind: "file", mode: "0644", uid: 0, gid: 0, size: 1 };
const packages: Manifest["packages"] = { manager: "apt", set: {} };
const owns: Manifest = { ...nothing, packages, files: { "/etc/tool": { kind: "link", content: "0".repeat(64) } } };
const without: Manifest = { ...nothing, packages };

interface Case {
  readonly desired?: Manifest;
  readonly last?: Manifest;
  readonly record?: Partial<SwitchRecord>;
  readonly now?: PathState;
  readonly hasManager?: boolean;
}

function planOf({ desired, hasManager = true, last, now, record }: Case) {
  const actual: Actual = {
    paths: {
      "/etc": { kind: "directory", mode: "0755", uid: 0, gid: 0, isEmpty: false },
      ...(now && { "/etc/tool": now }),
    },
    accounts,
    busyUsers: [],
    managers: [],
    devices: {},
  };
  const manager = { name: "apt", compareVersions: () => 0, target: { fileNameOf: () => "" } };
  return planSwitch({
    scope: systemScope,
    ...(desired && { desired, to: "new" }),
    ...(last && { last: { manifest: last, name: "old" } }),
    record: { ...emptyRecord, ...record },
    actual,
    packages: { manager, ...(hasManager && { installed: [] }) },
    contents: () => undefined,
    takeOver: false,
    today: 20_000,
  });
}

describe("planSwitch", () => {
  const set = {
    tool: { version: "1", architecture: "all", content: "1".repeat(64), file: "tool", size: 1, isAsked: true },
  };

  test("gives a path up to packages, with the names of those that Firn brought", () => {
    const desired = { ...without, packages: { manager: "apt", set } };
    const { details, plan } = planOf({ desired, last: owns, now: ours });
    expect(plan.givenUp).toEqual({ paths: ["/etc/tool"], brought: ["tool"] });
    expect(details.record.givenUp).toEqual(["/etc/tool"]);
    const known = { packages: { tool: { version: "1", architecture: "all", isAsked: true } } };
    expect(planOf({ desired, last: owns, now: ours, record: known }).plan.givenUp.brought).toEqual([]);
  });

  test("gives one up that a file of before comes to, which may be of an earlier version", () => {
    const kept = { kept: { "/etc/tool": { id: "1", state: file } } };
    const { plan } = planOf({ desired: without, last: owns, now: ours, record: kept });
    expect(plan.files).toMatchObject([{ action: "give-back" }]);
    expect(plan.givenUp.paths).toEqual(["/etc/tool"]);
  });

  test("gives none up that a link of before comes to, that is still its own, or where packages are not managed", () => {
    const kept = { kept: { "/etc/tool": { id: "1", state: ours } } };
    const none = { paths: [], brought: [] };
    expect(planOf({ desired: without, last: owns, now: ours, record: kept }).plan.givenUp).toEqual(none);
    expect(planOf({ desired: owns, last: owns, now: ours }).plan.givenUp).toEqual(none);
    expect(planOf({ desired: without, last: owns, now: ours, hasManager: false }).plan.givenUp).toEqual(none);
  });

  test("takes over without asking what it gave up before, each time", () => {
    const asked = planOf({ desired: owns, last: without, now: file });
    expect(asked.plan.collisions).toMatchObject([{ path: "/etc/tool", isTakenOver: false }]);
    const again = planOf({ desired: owns, last: without, now: file, record: { givenUp: ["/etc/tool"] } });
    expect(again.plan.collisions).toMatchObject([{ path: "/etc/tool", isTakenOver: true }]);
    expect(again.plan.files).toMatchObject([{ action: "take-over", path: "/etc/tool", keep: "1" }]);
    expect(again.details.record.givenUp).toEqual(["/etc/tool"]);
  });

  test("forgets what it gave up once it has nothing to do with packages", () => {
    const record = { givenUp: ["/etc/tool"] };
    expect(planOf({ desired: without, last: without, record }).details.record.givenUp).toEqual(["/etc/tool"]);
    expect(planOf({ last: without, record }).details.record.givenUp).toBeUndefined();
  });
});
