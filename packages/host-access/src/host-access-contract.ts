import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Actual, ActualQuestion, Scope } from "@firn/plan";
import { describe, expect, onTestFinished, test } from "vitest";
import { oddPaths } from "./odd-paths.ts";

/** Reads from a machine what a plan asks, in one of the ways there are. */
export type HostReader = (scope: Scope, question: ActualQuestion) => Promise<Actual>;

/** Makes a folder that is gone after the test. */
export function makeRoot(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "firn-host-access-")));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The scope of a folder that stands for a machine. */
export function folderScope(root: string): Scope {
  return { kind: "system", root, state: "/var/lib/firn", hasOwners: process.geteuid?.() === 0 };
}

/** Asks for paths and their contents. */
export function askFor(paths: readonly string[]): ActualQuestion {
  return { paths, contents: paths, units: [], userUnits: {} };
}

/** Holds a way of reading to what every way must say. */
export function describeHostAccess(name: string, read: HostReader): void {
  describe(`${name} reads paths`, () => {
    test.each(oddPaths)("$title", async ({ make, expected }) => {
      const root = makeRoot();
      await make(root);
      const { paths } = await read(folderScope(root), askFor(Object.keys(expected)));
      expect(paths).toMatchObject(expected);
    });

    test("no content that was not asked for, and devices of directories alone", async () => {
      const root = makeRoot();
      mkdirSync(join(root, "d"));
      writeFileSync(join(root, "d/f"), "text");
      symlinkSync("d", join(root, "l"));
      const { paths, devices } = await read(folderScope(root), { ...askFor([]), paths: ["/d/f", "/l", "/none"] });
      expect(paths["/d/f"]).not.toHaveProperty("content");
      expect(Object.keys(paths)).toEqual(["/", "/d", "/d/f", "/l", "/none"]);
      expect(Object.keys(devices)).toEqual(["/", "/d"]);
      expect(devices["/d"]).toBe(devices["/"]);
    });

    test("the device of another file system", async () => {
      const { devices } = await read(folderScope("/"), askFor(["/proc"]));
      expect(devices["/proc"]).not.toBe(devices["/"]);
    });
  });
  describeRoots(name, read);
  describeAccounts(name, read);
}

function describeRoots(name: string, read: HostReader): void {
  describe(`${name} reads below a root`, () => {
    test("the root of the machine itself: /dev/null, and a process's memory that cannot be hashed", async () => {
      const { paths } = await read(folderScope("/"), askFor(["/", "/dev/null", "/proc/1/mem"]));
      expect(paths["/"]).toMatchObject({ kind: "directory", isEmpty: false, uid: 0 });
      expect(paths["/dev/null"]).toMatchObject({ kind: "other", what: "character device", uid: 0, gid: 0 });
      expect(paths["/proc/1/mem"]).toMatchObject({ kind: "file", mode: "0600" });
      expect(paths["/proc/1/mem"]).not.toHaveProperty("content");
    });

    test.each(["relative", "/a/../b", "/a/", "//a", "/a/.", "/a\0b"])("no path such as %j", async (path) => {
      const root = makeRoot();
      await expect(read(folderScope(root), askFor([path]))).rejects.toThrow(/not absolute and normal/);
    });

    test("a root that is a link", async () => {
      const root = makeRoot();
      mkdirSync(join(root, "real"));
      writeFileSync(join(root, "real/f"), "text");
      symlinkSync("real", join(root, "link"));
      symlinkSync("/f", join(root, "real/l"));
      const { paths } = await read(folderScope(join(root, "link")), askFor(["/f", "/l/x"]));
      expect(paths).toMatchObject({ "/": { kind: "directory" }, "/f": { size: 4 }, "/l/x": { kind: "absent" } });
    });

    test("a root whose name ends with a line break", async () => {
      const root = join(makeRoot(), "'a\n");
      mkdirSync(join(root, "d"), { recursive: true });
      symlinkSync("/d/..", join(root, "l"));
      writeFileSync(join(root, "f"), "text");
      expect((await read(folderScope(root), askFor(["/l/f"]))).paths["/l/f"]).toMatchObject({ size: 4 });
    });

    test("a folder that is not there: it fails", async () => {
      const nowhere = join(makeRoot(), "none");
      await expect(read(folderScope(nowhere), askFor([]))).rejects.toThrow(/host-access-failed/);
    });
  });
}

function describeAccounts(name: string, read: HostReader): void {
  const readEtc = async (files: { readonly [name: string]: string | Uint8Array }): Promise<Actual> => {
    const root = makeRoot();
    mkdirSync(join(root, "etc"));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(root, "etc", file), text);
    return read(folderScope(root), askFor([]));
  };

  describe(`${name} reads accounts`, () => {
    test("none: passwd and group are empty, others missing, and nobody is busy", async () => {
      const { accounts, busyUsers, managers } = await readEtc({});
      expect(accounts).toEqual({ passwd: "", group: "" });
      expect(busyUsers).toEqual([]);
      expect(managers).toEqual([]);
    });

    test("all, byte for byte", async () => {
      const passwd = "\uFEFFroot:x:0:0:Größe:/root:/bin/sh\r\n\n# ends without a line break";
      const files = { passwd, group: "root:x:0:\n", shadow: "\n", gshadow: "", subuid: "a:1:2", subgid: "\t\n\n" };
      expect((await readEtc(files)).accounts).toEqual(files);
    });

    test("a file that is not UTF-8: it fails", async () => {
      await expect(readEtc({ passwd: Buffer.from([0x61, 0xe4, 0x0a]) })).rejects.toThrow(/"\/etc\/passwd" as text/);
    });

    test("links within the root, and none that leads outside", async () => {
      const root = makeRoot();
      mkdirSync(join(root, "etc"));
      mkdirSync(join(root, "usr"));
      writeFileSync(join(root, "usr/group"), "inside\n");
      symlinkSync("/usr/group", join(root, "etc/group"));
      symlinkSync("../../../../../../../etc/passwd", join(root, "etc/passwd"));
      const { accounts } = await read(folderScope(root), askFor([]));
      expect(accounts).toEqual({ passwd: "", group: "inside\n" });
    });

    test("this machine: whoever runs the test is busy", async () => {
      const { busyUsers, accounts } = await read(folderScope("/"), askFor([]));
      expect(accounts.passwd).toContain("root:");
      expect(busyUsers).toContain("root");
      expect(busyUsers).toEqual(busyUsers.toSorted());
    });
  });
}
