import { dpkgTarget } from "@firn/dpkg";
import type { PackageChange } from "@firn/package-manager";
import { describe, expect, test } from "vitest";

const places = { root: "/", files: '"$S"/files', state: '"$S"/packages' };
const change: PackageChange = {
  install: [{ name: "git", version: "1:2", architecture: "amd64", sha256: "", isAsked: true }],
  remove: [{ name: "nano", version: "7", architecture: "amd64" }],
  mark: [{ name: "perl", architecture: "amd64", isAsked: false }],
  owned: ["/etc/it's [a] *.conf", "/usr/lib/systemd/system/a.service", "/etc/no\nname"],
};

describe("renderChange", () => {
  test("names the packages, and paths with the patterns by which packages may have them", () => {
    expect(dpkgTarget.renderChange(change, places)).toEqual([
      `packages_open / "$S"/files "$S"/packages || exit 1`,
      "packages_want 'git amd64 1:2 asked git_1%3a2_amd64.deb'",
      "packages_gone 'nano amd64'",
      "packages_mark 'perl amd64 needed'",
      String.raw`packages_own '/etc/it'\''s [a] *.conf' /usr/lib/systemd/system/a.service`,
      String.raw`packages_exclude '/etc/it'\''s \[a\] \*.conf' /usr/lib/systemd/system/a.service /lib/systemd/system/a.service`,
      "packages_change || exit 1",
    ]);
  });

  test("calls a function several times rather than with very many words", () => {
    const owned = Array.from({ length: 1000 }, (_, index) => `/etc/${index}`);
    const lines = dpkgTarget.renderChange({ ...change, owned }, places);
    expect(lines.filter((line) => line.startsWith("packages_own "))).toHaveLength(3);
  });
});

describe("renderCheck", () => {
  test("works in a folder of its own, since there is no state yet", () => {
    const [first] = dpkgTarget.renderCheck(change, places);
    expect(first).toBe(
      `packages_open / "$S"/files "$S"/packages "$(mktemp -d -p //tmp firn-packages-XXXXXX || echo none)" || exit 1`,
    );
  });
});

describe("renderKeep", () => {
  test("says whose files are at hand", () => {
    const known = [{ name: "nano", version: "7", architecture: "amd64", sha256: "", isAsked: true }];
    const lines = dpkgTarget.renderKeep(change, places, known);
    expect(lines.slice(-2)).toEqual(["packages_known 'nano amd64 7'", "packages_keep || exit 1"]);
  });
});

describe("functions", () => {
  test("use no name but their own", () => {
    const names = dpkgTarget.functions.split("\n").flatMap((line) => /^(\w+)\(\) /.exec(line)?.[1] ?? []);
    expect(names.length).toBeGreaterThan(30);
    expect(names.filter((name) => !name.startsWith("packages_"))).toEqual([]);
  });
});
