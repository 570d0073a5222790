import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDiagnosticError } from "@firn/diagnostic";
import { localFolders, readFlakeFile, readLockFile, writeFlakeFile, writeLockFile } from "@firn/flake-folder";
import { emptyLock } from "@firn/lock";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "firn-flake-"));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (file: string, text: string): void => {
  mkdirSync(join(root, file, ".."), { recursive: true });
  writeFileSync(join(root, file), text);
};

/** Gives the codes of the problems that a call throws. */
function thrownCodes(call: () => unknown): string[] {
  try {
    call();
  } catch (thrown) {
    if (isDiagnosticError(thrown)) return thrown.diagnostics.map(({ code }) => code);
    throw thrown;
  }
  return [];
}

describe("readFlakeFile", () => {
  test("parses what is there", () => {
    write("flake.yaml", "name: acme\ninputs: {}\n");
    expect(readFlakeFile(root).manifest.name).toBe("acme");
  });

  test("says that there is no flake, or what is wrong in it", () => {
    expect(thrownCodes(() => readFlakeFile(root))).toEqual(["no-flake"]);
    write("flake.yaml", "nam: acme\ninputs: 3\n");
    expect(thrownCodes(() => readFlakeFile(root))).toEqual(["bad-flake", "bad-flake"]);
    rmSync(join(root, "flake.yaml"));
    mkdirSync(join(root, "flake.yaml"));
    expect(thrownCodes(() => readFlakeFile(root))).toEqual(["bad-workspace"]);
  });
});

describe("readLockFile", () => {
  test("takes a missing lock for an empty one", () => {
    expect(readLockFile(root)).toEqual({ lock: emptyLock, exists: false, unsettled: [] });
  });

  test("merges one with conflict markers and names what both sides moved", () => {
    const side = (version: string, commit: string): string =>
      `      "version": "${version}",\n      "tag": "v${version}",\n      "tagObject": null,\n      "commit": "${commit.repeat(40)}",\n`;
    const start =
      '{\n  "lockfileVersion": 1,\n  "inputs": {\n    "core": {\n      "want": { "git": "https://git.example/core", "semver": "^1" },\n';
    const end = `      "tree": "${"c".repeat(40)}",\n      "integrity": "sha256-${"A".repeat(43)}="\n    }\n  }\n}\n`;
    write(
      "lockfile.json",
      `${start}<<<<<<< HEAD\n${side("1.0.0", "a")}=======\n${side("1.1.0", "b")}>>>>>>> other\n${end}`,
    );
    expect(readLockFile(root)).toEqual({ lock: emptyLock, exists: true, unsettled: ["core"] });
  });

  test("refuses a lock that it cannot read", () => {
    write("lockfile.json", '{ "lockfileVersion": 99, "inputs": {} }');
    expect(thrownCodes(() => readLockFile(root))).toEqual(["bad-lock"]);
  });
});

describe("writeLockFile", () => {
  test("writes once, and leaves alone what is the same", () => {
    expect(writeLockFile(root, emptyLock)).toBe(true);
    const { ino } = statSync(join(root, "lockfile.json"));
    expect(writeLockFile(root, emptyLock)).toBe(false);
    expect(statSync(join(root, "lockfile.json")).ino).toBe(ino);
  });

  test("removes what a killed process has left beside it, and nothing else", () => {
    // No process has this number: it is above the highest that Linux gives.
    const names = ["lockfile.json.4194305.tmp", `lockfile.json.${process.pid}.tmp`, "lockfile.json.mine.tmp"];
    for (const name of [...names, "mylockfile.json.4194305.tmp"]) write(name, "");
    writeLockFile(root, emptyLock);
    expect(readdirSync(root).toSorted()).toEqual(["lockfile.json", names[2], "mylockfile.json.4194305.tmp"]);
  });

  test("refuses a link, and leaves what it leads to alone", () => {
    write("elsewhere", "precious");
    symlinkSync(join(root, "elsewhere"), join(root, "lockfile.json"));
    expect(thrownCodes(() => writeLockFile(root, emptyLock))).toEqual(["bad-workspace"]);
    expect(readFileSync(join(root, "elsewhere"), "utf8")).toBe("precious");
  });

  test("leaves nothing behind where it cannot write", () => {
    mkdirSync(join(root, "flake.yaml"));
    expect(thrownCodes(() => writeFlakeFile(root, "name: a\n"))).toEqual(["bad-workspace"]);
    expect(existsSync(join(root, `flake.yaml.${process.pid}.tmp`))).toBe(false);
  });
});

describe("localFolders", () => {
  test("reads folders of the repository, above the flake too", async () => {
    mkdirSync(join(root, ".git"));
    write("flake/flake.yaml", "name: root\n");
    write("other/flake.yaml", "name: other\n");
    const { value } = await localFolders(join(root, "flake")).readTree("../other");
    expect(value).toEqual({ flakeFile: "name: other\n" });
  });

  test("refuses what is outside of the repository, also where a link leads there", async () => {
    write("flake/flake.yaml", "name: root\n");
    write("other/flake.yaml", "name: other\n");
    symlinkSync(join(root, "other"), join(root, "flake", "link"));
    const local = localFolders(join(root, "flake"));
    const found = await Promise.all(["../other", "link", "nowhere"].map((path) => local.readTree(path)));
    expect(found.map(({ diagnostics }) => diagnostics[0]?.code)).toEqual([
      "forbidden-source",
      "forbidden-source",
      "fetch-failed",
    ]);
  });
});
