import { lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync, renameSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderWrapper, writeProfile, writeWrappers } from "@firn/package-shell";
import { runAsUser } from "../test-kit/ordinary-user.ts";
import { SmallTree } from "../test-kit/small-tree.ts";

const small = new SmallTree();
const folder = join(small.folder, "wrappers");
let tree = "";

beforeAll(async () => {
  tree = await small.build({ own: 'echo "own $*"; exit 3', "own too": "echo too" });
});
afterAll(() => small.remove());

describe("writeWrappers", () => {
  test("writes one for each program, which runs it for any user", async () => {
    const wrappers = writeWrappers({ tree, folder });
    expect(readdirSync(wrappers)).toEqual(["dash", "env", "id", "ls", "own", "own too", "perl", "readlink", "sh"]);
    expect(await runAsUser([join(wrappers, "own"), "a b", "$c"])).toEqual({ status: 3, text: "own a b $c\n" });
    expect(await runAsUser([join(wrappers, "own too")])).toEqual({ status: 0, text: "too\n" });
    expect(await runAsUser([join(wrappers, "ls"), "/usr/bin/own"])).toEqual({ status: 0, text: "/usr/bin/own\n" });
  });

  test("a program has the terminal of who starts it", async () => {
    const script = "[ -t 0 ] && [ -t 1 ] && [ -t 2 ] && own";
    const command = `${writeWrappers({ tree, folder })}/sh -c '${script}'`;
    expect(await runAsUser(["/usr/bin/script", "-qec", command, "/dev/null"])).toEqual({ status: 3, text: "own \r\n" });
  });

  test("writes those of some packages, each set at its own place, and leaves nothing unfinished", () => {
    const wrappers = writeWrappers({ tree, folder, packages: ["own"] });
    expect(readdirSync(wrappers)).toEqual(["own", "own too"]);
    expect(writeWrappers({ tree, folder, packages: ["own"] })).toBe(wrappers);
    expect(writeWrappers({ tree, folder, packages: ["own"], isPure: true })).not.toBe(wrappers);
    expect(readdirSync(folder).filter((name) => !/^[0-9a-f]{64}$/.test(name))).toEqual([]);
    expect(lstatSync(join(wrappers, "own")).mode & 0o777).toBe(0o755);
  });
});

describe("renderWrapper", () => {
  test("a program of the tree that cannot be started is told", async () => {
    const wrapper = renderWrapper({ tree, program: "/usr/bin/gone" });
    expect(await runAsUser(["/bin/sh", "-c", wrapper])).toEqual({
      status: 127,
      text: [
        'error[no-namespace]: Cannot run "/usr/bin/gone" in the tree: it cannot be started',
        "  why: The system says: No such file or directory",
        "  fix: Add its package, or correct its name\n",
      ].join("\n"),
    });
  });

  test("a tree may be anywhere", async () => {
    const place = join(small.folder, "it's a $tree");
    mkdirSync(place);
    renameSync(tree, join(place, "moved"));
    try {
      const wrapper = renderWrapper({ tree: join(place, "moved"), program: "/usr/bin/own" });
      expect(await runAsUser(["/bin/sh", "-c", wrapper, "0", "a"])).toEqual({ status: 3, text: "own a\n" });
    } finally {
      renameSync(join(place, "moved"), tree);
    }
  });
});

describe("writeProfile", () => {
  test("has programs of its packages and what else the tree shares, as the machine sees the tree", () => {
    const place = join(small.folder, "profiles/1");
    writeProfile({ tree, seenAs: "/var/trees/it's", place, packages: ["own"] });
    expect(readdirSync(place)).toEqual(["bin", "share"]);
    expect(readdirSync(join(place, "bin"))).toEqual(["own", "own too"]);
    expect(readlinkSync(join(place, "share"))).toBe("/var/trees/it's/usr/share");
    const text = readFileSync(join(place, "bin/own"), "utf8");
    expect(text).toBe(renderWrapper({ tree: "/var/trees/it's", program: "/usr/bin/own" }));
    expect(text).not.toContain(tree);
  });

  test("what a killed process left is removed", () => {
    const parent = join(small.folder, "others");
    mkdirSync(join(parent, "unfinished-999999999-x/finished"), { recursive: true });
    mkdirSync(join(parent, `unfinished-${process.pid}-x`));
    writeProfile({ tree, seenAs: tree, place: join(parent, "profile"), packages: [] });
    expect(readdirSync(parent)).toEqual(["profile", `unfinished-${process.pid}-x`]);
  });

  test("is left alone where it is", () => {
    const place = join(small.folder, "profiles/2");
    writeProfile({ tree, seenAs: tree, place, packages: [] });
    writeProfile({ tree, seenAs: tree, place, packages: ["own"] });
    expect(readdirSync(join(place, "bin"))).toEqual([]);
  });
});
