import type { ManagedPackage, Manifest } from "@firn/manifest";
import type { InstalledPackage, PackageUser } from "@firn/package-manager";
import { type Actual, emptyRecord, isEmptyPlan, planSwitch, type SwitchRecord } from "@firn/plan";
import { describe, expect, test } from "vitest";
import { systemScope } from "../test/memory-machine.ts";
import { nothing } from "../test/random-machine.ts";

const manager = {
  name: "apt",
  compareVersions: (one: string, other: string) => Number(one) - Number(other),
  target: { fileNameOf: ({ name, version }: { name: string; version: string }) => `${name}_${version}.deb` },
};

const accounts = { passwd: "root:x:0:0:root:/root:/bin/sh\n", group: "root:x:0:\n" };
const actual: Actual = { paths: {}, accounts, busyUsers: [], managers: [], devices: {} };

function wants(set: { readonly [name: string]: string }, asked: readonly string[] = Object.keys(set)): Manifest {
  const packages = Object.entries(set).map(([name, version]): [string, ManagedPackage] => {
    const content = version.padStart(64, "0");
    const file = `${name}_${version}.deb`;
    return [name, { version, architecture: "amd64", content, file, size: 100, isAsked: asked.includes(name) }];
  });
  return { ...nothing, packages: { manager: "apt", set: Object.fromEntries(packages) } };
}

function has(name: string, version: string, more: Partial<InstalledPackage> = {}): InstalledPackage {
  return { name, version, architecture: "amd64", isAsked: false, state: "installed", ...more };
}

interface Case {
  readonly desired?: Manifest;
  readonly last?: Manifest;
  readonly installed?: readonly InstalledPackage[];
  readonly record?: SwitchRecord["packages"];
  readonly users?: readonly PackageUser[];
  readonly starts?: ReadonlyMap<string, readonly string[]>;
}

function planOf({ desired, installed, last, record, starts, users }: Case) {
  return planSwitch({
    scope: systemScope,
    ...(desired && { desired, to: "new" }),
    ...(last && { last: { manifest: last, name: "old" } }),
    record: { ...emptyRecord, ...(record && { packages: record }) },
    actual,
    packages: { manager, ...(installed && { installed }), ...(users && { users }), ...(starts && { starts }) },
    contents: () => undefined,
    takeOver: false,
    today: 20_000,
  });
}

/** Steps in words: "upgrade git 1 -> 2". */
function stepsOf(given: Case): string[] {
  return planOf(given).plan.packages.map(({ action, after, before, name }) =>
    [action, name, before?.version ?? "none", "->", after?.version ?? "none"].join(" "),
  );
}

const brought = { architecture: "amd64", isAsked: false };

describe("planSwitch", () => {
  test.each<[what: string, given: Case, steps: readonly string[]]>([
    ["installs what is missing", { desired: wants({ git: "2" }), installed: [] }, ["install git none -> 2"]],
    ["upgrades what is older", { desired: wants({ git: "2" }), installed: [has("git", "1")] }, ["upgrade git 1 -> 2"]],
    [
      "downgrades what is newer",
      { desired: wants({ git: "2" }), installed: [has("git", "3")] },
      ["downgrade git 3 -> 2"],
    ],
    [
      "leaves what is right, and what nobody told it about",
      { desired: wants({ git: "2" }), installed: [has("git", "2", { isAsked: true }), has("zsh", "1")] },
      [],
    ],
    [
      "installs anew what is broken",
      { desired: wants({ git: "2" }), installed: [has("git", "2", { isAsked: true, state: "broken" })] },
      ["repair git 2 -> 2"],
    ],
    [
      "marks what is asked for now",
      { desired: wants({ git: "2" }), installed: [has("git", "2")], record: { git: brought } },
      ["mark git 2 -> 2"],
    ],
    [
      "takes away what it brought",
      { desired: wants({}), last: wants({ git: "2" }), installed: [has("git", "2")], record: { git: brought } },
      ["remove git 2 -> none"],
    ],
    ["leaves alone what it brought and somebody removed", { installed: [], record: { git: brought } }, []],
    [
      "gives back the version that was there before it",
      { installed: [has("git", "2")], record: { git: { ...brought, version: "1" } } },
      ["downgrade git 2 -> 1"],
    ],
    [
      "goes back to the same marks",
      { installed: [has("git", "2", { isAsked: true })], record: { git: { ...brought, version: "2" } } },
      ["mark git 2 -> 2"],
    ],
  ])("%s", (_, given, steps) => {
    expect(stepsOf(given)).toEqual(steps);
  });

  test("remembers what was there before, and only until it no longer manages it", () => {
    const first = planOf({ desired: wants({ git: "2", zsh: "1" }), installed: [has("git", "1", { isAsked: true })] });
    const record = first.details.record.packages;
    expect(record).toEqual({ git: { version: "1", architecture: "amd64", isAsked: true }, zsh: brought });
    expect(first.plan.keptPackages).toEqual({ before: [], after: ["git_1.deb"] });
    const second = planOf({
      desired: wants({ git: "3" }),
      installed: [has("git", "2"), has("zsh", "1")],
      ...(record && { record }),
    });
    expect(second.details.record.packages).toEqual({ git: record?.["git"] });
    expect(planOf({ installed: [has("git", "1")], ...(record && { record }) }).details.record.packages).toBeUndefined();
  });

  test("keeps asking for what somebody had asked for before it came", () => {
    const { plan } = planOf({ desired: wants({ git: "2" }, []), installed: [has("git", "1", { isAsked: true })] });
    expect(plan.packages[0]?.after?.isAsked).toBe(true);
  });

  test("knows where the files of the way back are", () => {
    const [step] = planOf({ desired: wants({ git: "2" }), last: wants({ git: "1" }), installed: [has("git", "1")] })
      .plan.packages;
    expect(step).toMatchObject({ fileBefore: "git_1.deb", contentBefore: "1".padStart(64, "0") });
    const [other] = planOf({ desired: wants({ git: "2" }), last: wants({ git: "1" }), installed: [has("git", "0")] })
      .plan.packages;
    expect(other).toMatchObject({ fileBefore: "git_0.deb" });
    expect(other).not.toHaveProperty("contentBefore");
  });

  test("leaves packages out where their manager is not there, and says so", () => {
    const { diagnostics, plan } = planOf({ desired: wants({ git: "2" }) });
    expect(diagnostics).toMatchObject([{ code: "no-package-manager", severity: "warning" }]);
    expect(isEmptyPlan(plan)).toBe(true);
  });

  test("restarts what runs of a package that changes, or uses it, and stops what goes", () => {
    const { plan } = planOf({
      desired: wants({ libssl3: "2", redis: "1" }),
      installed: [has("libssl3", "1"), has("redis", "1", { isAsked: true }), has("nginx", "1")],
      record: { libssl3: brought, redis: brought, nginx: brought },
      users: [
        { unit: "ssh.service", package: "libssl3", isOwn: false },
        { unit: "nginx.service", package: "libssl3", isOwn: false },
        { unit: "nginx.service", package: "nginx", isOwn: true },
        { unit: "dbus.service", package: "libssl3", isOwn: false },
        { unit: "redis.service", package: "redis", isOwn: true },
      ],
    });
    expect(plan.units.map(({ action, unit, why }) => [action, unit, why])).toEqual([
      ["skip", "dbus.service", "it uses libssl3, which goes from 1 to 2; a reboot has it use what is new"],
      ["stop", "nginx.service", "its package nginx is removed"],
      ["restart", "ssh.service", "it uses libssl3, which goes from 1 to 2"],
    ]);
  });

  test("says what starts with a package that is new", () => {
    const starts = new Map([
      ["nginx", ["nginx.service"]],
      ["zsh", ["zsh.service"]],
    ]);
    const { plan } = planOf({ desired: wants({ nginx: "1", zsh: "2" }), installed: [has("zsh", "1")], starts });
    expect(plan.units).toMatchObject([
      { action: "start", unit: "nginx.service", why: "its package nginx is new", wasActive: false },
    ]);
  });
});
