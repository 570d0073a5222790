import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { isDiagnosticError } from "@firn/diagnostic";
import { buildTree, listMissing, listPrograms, readTreeDescription, treeName } from "@firn/package-tree";
import { TemporaryTrees } from "../test-kit/temporary-trees.ts";

let temporary: TemporaryTrees;
beforeEach(() => void (temporary = new TemporaryTrees()));
afterEach(() => temporary.remove());

/** Lists what is below a folder: "path", "path -> target" for links. */
function listAll(folder: string): string[] {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).toSorted();
  return paths.map((path) => {
    const at = join(folder, path);
    return lstatSync(at).isSymbolicLink() ? `${path} -> ${readlinkSync(at)}` : path;
  });
}

async function problemOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (thrown) {
    if (!isDiagnosticError(thrown)) throw thrown;
    return thrown.diagnostics.map(({ code, message }) => `${code}: ${message}`).join("\n");
  }
  return "no problem";
}

describe("buildTree", () => {
  test("joins packages to one usr, whichever layout each has", async () => {
    const tree = await temporary.build(
      { name: "old", files: { "bin/old": "old", "lib/old.so": "-> old.so.1", "lib/old.so.1": "1" } },
      { name: "new", files: { "usr/bin/new": "new", "usr/bin/same": "-> /bin/new", bin: "-> usr/bin" } },
    );
    expect(listAll(join(tree, "usr"))).toEqual([
      "bin",
      "bin/new",
      "bin/old",
      "bin/same -> new",
      "lib",
      "lib/firn",
      "lib/old.so -> old.so.1",
      "lib/old.so.1",
      "local",
    ]);
    expect(readFileSync(join(tree, "usr/bin/same"), "utf8")).toBe("new");
  });

  test("makes equal trees of equal sets, in whatever order, and another of another", async () => {
    const packages = ["a", "b", "c"].map((name) => temporary.make({ name, files: { "usr/share/x": name } }));
    const first = await buildTree({ packages, folder: temporary.trees });
    const other = join(temporary.folder, "other");
    const second = await buildTree({ packages: packages.toReversed(), folder: other });
    expect(second.replace(other, temporary.trees)).toBe(first);
    expect(readFileSync(join(second, "usr/share/x"), "utf8")).toBe(readFileSync(join(first, "usr/share/x"), "utf8"));
    expect(first).toBe(join(temporary.trees, "trees", treeName(packages)));
    expect(await buildTree({ packages: packages.slice(1), folder: temporary.trees })).not.toBe(first);
  });

  test("unpacks only what is new, and says how much that is", async () => {
    const packages = ["a", "b", "c"].map((name) => temporary.make({ name, files: { [`usr/bin/${name}`]: name } }));
    await buildTree({ packages: packages.slice(0, 2), folder: temporary.trees });
    expect(listMissing(packages, temporary.trees)).toEqual([packages[2]?.sha256]);
    const said: string[] = [];
    const progress = (done: number, total: number): void => void said.push(`${done}/${total}`);
    for (const { file } of packages.slice(0, 2)) rmSync(file);
    const tree = await buildTree({ packages, folder: temporary.trees, progress });
    expect(said).toEqual(["1/1"]);
    expect(listPrograms(tree).map(({ name }) => name)).toEqual(["a", "b", "c"]);
  });

  test("takes what an older version unpacked", async () => {
    const packages = ["a", "b"].map((name) => temporary.make({ name, files: { [`usr/bin/${name}`]: name } }));
    await buildTree({ packages: packages.slice(1), folder: temporary.trees });
    const unpacked = join(temporary.trees, "unpacked", packages[1]?.sha256 ?? "");
    const [list = ""] = readdirSync(unpacked).filter((name) => name !== "files");
    renameSync(join(unpacked, list), join(unpacked, "contents.json"));
    const tree = await buildTree({ packages, folder: temporary.trees });
    expect(listPrograms(tree).map(({ name }) => name)).toEqual(["a", "b"]);
  });

  test("has the bytes of all trees once on the disk", async () => {
    const shared = { name: "a", files: { "usr/share/a": "a" } };
    const one = await temporary.build(shared);
    const other = await temporary.build(shared, { name: "b" });
    const inodes = [one, other].map((tree) => lstatSync(join(tree, "usr/share/a")).ino);
    expect(inodes[0]).toBe(inodes[1]);
  });

  test("gives every file to who builds it, with nobody else's rights", async () => {
    const files = { "usr/bin/sudo": "s", "usr/share/secret": "t", "usr/share/plain": "p" };
    const modes = { "usr/bin/sudo": 0o4755, "usr/share/secret": 0o2660, "usr/share/plain": 0o666 };
    const tree = await temporary.build({ name: "sudo", files, modes });
    const found = Object.keys(files).map((path) => {
      const { mode, uid } = lstatSync(join(tree, path));
      return [uid, (mode & 0o7777).toString(8)];
    });
    const me = process.geteuid?.();
    expect(found).toEqual([
      [me, "755"],
      [me, "640"],
      [me, "644"],
    ]);
  });

  test("is made of what is there once unpacking was killed", async () => {
    const packages = [temporary.make({ name: "a", files: { "usr/bin/a": "whole" } })];
    const left = join(temporary.trees, "unfinished/999999999-killed", packages[0]?.sha256 ?? "", "files/usr/bin");
    mkdirSync(left, { recursive: true });
    writeFileSync(join(left, "a"), "par");
    const tree = await buildTree({ packages, folder: temporary.trees });
    expect(readFileSync(join(tree, "usr/bin/a"), "utf8")).toBe("whole");
    expect(readdirSync(join(temporary.trees, "unfinished"))).toEqual([]);
  });

  test("can be asked for by several at once", async () => {
    const packages = ["a", "b"].map((name) => temporary.make({ name, files: { [`usr/bin/${name}`]: name } }));
    const built = await Promise.all([1, 2, 3].map(() => buildTree({ packages, folder: temporary.trees })));
    expect(new Set(built).size).toBe(1);
    expect(listPrograms(built[0] ?? "")).toHaveLength(2);
    expect(readdirSync(join(temporary.trees, "unfinished"))).toEqual([]);
  });

  test("refuses a file that is not the one of its hash, and keeps nothing of it", async () => {
    const item = temporary.make({ name: "a" });
    writeFileSync(item.file, "changed");
    expect(await problemOf(buildTree({ packages: [item], folder: temporary.trees }))).toBe(
      'integrity-mismatch: Cannot unpack "a" 1: its file is not the one that was locked',
    );
    expect(existsSync(join(temporary.trees, "unpacked", item.sha256))).toBe(false);
  });

  test("refuses a file that is not a package", async () => {
    const file = join(temporary.folder, "text");
    writeFileSync(file, "");
    const sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    const packages = [{ name: "a", version: "1", architecture: "all", sha256, file }];
    expect(await problemOf(buildTree({ packages, folder: temporary.trees }))).toBe('tree-failed: Cannot unpack "a" 1');
  });

  test("says what to install where packages cannot be unpacked", async () => {
    const packages = [temporary.make({ name: "a" })];
    vi.stubEnv("PATH", temporary.folder);
    try {
      const thrown: unknown = await buildTree({ packages, folder: temporary.trees }).catch((error: unknown) => error);
      expect(thrown).toMatchObject({
        diagnostics: [
          {
            code: "tree-failed",
            message: "Cannot unpack packages",
            why: ['There is no program "dpkg-deb"'],
            fix: "Install the package dpkg of the distribution",
          },
        ],
      });
    } finally {
      vi.unstubAllEnvs();
    }
  });

  test("says which folder cannot be written", async () => {
    const file = join(temporary.folder, "file");
    writeFileSync(file, "");
    expect(await problemOf(buildTree({ packages: [temporary.make({ name: "a" })], folder: file }))).toBe(
      `tree-failed: Cannot write the trees in "${file}"`,
    );
  });
});

describe("readTreeDescription: collisions", () => {
  const text = (tree: string, path: string): string => readFileSync(join(tree, path), "utf8");

  test("a package that replaces another has its file, whatever they are called", async () => {
    const files = { "usr/share/x": "old" };
    const tree = await temporary.build(
      { name: "a", replaces: "b (<< 2), d", files: { "usr/share/x": "new" } },
      { name: "b", files },
      { name: "c", replaces: "e", files: { "usr/share/y": "new" } },
      { name: "e", files: { "usr/share/y": "old" } },
    );
    expect([text(tree, "usr/share/x"), text(tree, "usr/share/y")]).toEqual(["new", "new"]);
    expect(readTreeDescription(tree).collisions).toEqual([]);
  });

  test("otherwise the later by name has it, and it is told", async () => {
    const tree = await temporary.build(
      { name: "b", files: { "usr/share/x": "b", "usr/share/same": "s" } },
      { name: "a", files: { "usr/share/x": "a", "usr/share/same": "s" } },
    );
    expect(text(tree, "usr/share/x")).toBe("b");
    expect(readTreeDescription(tree).collisions).toEqual([{ path: "/usr/share/x", winner: "b", loser: "a" }]);
  });

  test("a folder stays one where another package has a link", async () => {
    const tree = await temporary.build(
      { name: "a", files: { "usr/share/x/y": "y" } },
      { name: "b", files: { "usr/share/x": "-> z" } },
    );
    expect(text(tree, "usr/share/x/y")).toBe("y");
    expect(readTreeDescription(tree).collisions).toEqual([{ path: "/usr/share/x", winner: "a", loser: "b" }]);
  });
});

describe("buildTree: what scripts of packages would have made", () => {
  test("alternatives lead to the offer with the highest priority that is there, its other links with it", async () => {
    const tree = await temporary.build(
      {
        name: "small",
        files: { "usr/bin/small": "s" },
        postinst: "update-alternatives --install /usr/bin/ed ed /usr/bin/small 10",
      },
      {
        name: "large",
        files: { "bin/large": "l", "usr/share/man/large.1": "m" },
        postinst: [
          "update-alternatives --install /usr/bin/ed ed /bin/large 20 \\",
          "  --slave /usr/share/man/ed.1 ed.1 /usr/share/man/large.1",
          "update-alternatives --install /usr/bin/ed ed /usr/bin/missing 90",
        ].join("\n"),
      },
    );
    expect(listAll(tree).filter((path) => path.includes("->"))).toEqual([
      "usr/bin/ed -> large",
      "usr/share/man/ed.1 -> large.1",
    ]);
  });

  test("a file of a package is no alternative", async () => {
    const postinst = "update-alternatives --install /usr/bin/a a /usr/bin/b 10";
    const tree = await temporary.build({ name: "a", files: { "usr/bin/a": "a", "usr/bin/b": "b" }, postinst });
    expect(readFileSync(join(tree, "usr/bin/a"), "utf8")).toBe("a");
  });

  test("configuration that packages bring is where their links lead, that of the machine otherwise", async () => {
    const tree = await temporary.build({
      name: "a",
      files: {
        "etc/a/a.cfg": "brought",
        "usr/lib/a/conf": "-> /etc/a",
        "usr/lib/a/a.cfg": "-> ../../../etc/a/a.cfg",
        "usr/lib/a/theirs": "-> /etc/other",
        "usr/lib/a/state": "-> /var/lib/a",
      },
    });
    expect(readFileSync(join(tree, "usr/lib/a/conf/a.cfg"), "utf8")).toBe("brought");
    expect(readFileSync(join(tree, "usr/lib/a/a.cfg"), "utf8")).toBe("brought");
    expect(readlinkSync(join(tree, "usr/lib/a/theirs"))).toBe("/etc/other");
    expect(readlinkSync(join(tree, "usr/lib/a/state"))).toBe("/var/lib/a");
  });

  test("certificates are joined to one file", async () => {
    const files = { "usr/share/ca-certificates/m/b.crt": "two", "usr/share/ca-certificates/m/a.crt": "one\n" };
    const tree = await temporary.build({ name: "ca-certificates", files });
    expect(readFileSync(join(tree, "usr/lib/firn/certificates.pem"), "utf8")).toBe("one\ntwo\n");
  });

  test("OpenSSL finds the certificates of the machine", async () => {
    const tree = await temporary.build({ name: "libssl3", files: { "usr/lib/x86_64-linux-gnu/libssl.so.3": "l" } });
    expect(readlinkSync(join(tree, "usr/lib/ssl/cert.pem"))).toBe("/etc/ssl/certs/ca-certificates.crt");
  });

  test("there is a shell where dash is, also when only its script makes it", async () => {
    const tree = await temporary.build({ name: "dash", files: { "bin/dash": "d" } });
    expect(readlinkSync(join(tree, "usr/bin/sh"))).toBe("dash");
  });
});
