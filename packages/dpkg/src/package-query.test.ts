import { dpkgTarget } from "@firn/dpkg";
import { describe, expect, test } from "vitest";

describe("parseInstalled", () => {
  test("reads packages and who asked for them, sorted", () => {
    const text = `# packages
ii |zsh|amd64|5.9-4
ii |dpkg|amd64|1.21.22
hi |git|amd64|1:2.39.5-0+deb12u3
ii |media-types|all|10.0.0
ii |libc6|i386|2.36-9
ii |libc6|amd64|2.36-9
# marks
Package: media-types
Architecture: amd64
Auto-Installed: 1

Package: libc6
Architecture: i386
Auto-Installed: 1

Package: zsh
Architecture: amd64
Auto-Installed: 0
`;
    const lines = dpkgTarget
      .parseInstalled(text)
      ?.map(Object.values)
      .map((values) => values.join(" "));
    expect(lines).toEqual([
      "dpkg 1.21.22 amd64 true installed",
      "git 1:2.39.5-0+deb12u3 amd64 true installed",
      "libc6 2.36-9 amd64 true installed",
      "libc6 2.36-9 i386 false installed",
      "media-types 10.0.0 all false installed",
      "zsh 5.9-4 amd64 true installed",
    ]);
  });

  test.each([
    ["ii ", ["installed"]],
    ["hi ", ["installed"]],
    ["ri ", ["installed"]],
    ["iiR", ["broken"]],
    ["iU ", ["broken"]],
    ["iF ", ["broken"]],
    ["iW ", ["broken"]],
    ["it ", ["broken"]],
    ["iHR", ["broken"]],
    ["rc ", []],
    ["un ", []],
    ["pn ", []],
  ])("takes dpkg's state %o for %o", (abbreviation, states) => {
    const text = `# packages\n${abbreviation}|a|all|1\n# marks\n`;
    expect(dpkgTarget.parseInstalled(text)?.map(({ state }) => state)).toEqual(states);
  });

  test("knows a machine without dpkg from one without packages", () => {
    expect(dpkgTarget.parseInstalled("")).toBeUndefined();
    expect(dpkgTarget.parseInstalled("# packages\n# marks\n")).toEqual([]);
  });
});

describe("fileNameOf", () => {
  test("writes the colon of a version as apt does", () => {
    const pin = { name: "git", version: "1:2.39.5-0+deb12u3", architecture: "amd64" };
    expect(dpkgTarget.fileNameOf(pin)).toBe("git_1%3a2.39.5-0+deb12u3_amd64.deb");
  });
});
