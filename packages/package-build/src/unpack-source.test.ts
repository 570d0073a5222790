import { execFileSync } from "node:child_process";
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { packTar } from "../test-kit/temporary-builds.ts";
import { type SourceToUnpack, unpackSource } from "./unpack-source.ts";

let folder = "";
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "firn-unpack-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Makes a folder with a program, a text, and a link to it. */
function makeFiles(): string {
  const source = join(folder, "source");
  mkdirSync(join(source, "top/in"), { recursive: true });
  writeFileSync(join(source, "top/run"), "#!/bin/sh\n", { mode: 0o700 });
  writeFileSync(join(source, "top/in/text"), "text", { mode: 0o600 });
  symlinkSync("in/text", join(source, "top/link"));
  return source;
}

/** Unpacks an archive; what is there afterwards, or why it is not unpacked. */
async function unpack(archive: Uint8Array, more: Partial<SourceToUnpack> = {}): Promise<string[] | string> {
  const [file, place] = ["archive", "place"].map((name) => join(folder, name));
  writeFileSync(file ?? "", archive);
  try {
    await unpackSource({ file: file ?? "", place: place ?? "", strip: 0, scratch: join(folder, "scratch"), ...more });
    return list(place ?? "");
  } catch (thrown) {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : "";
  }
}

/** Lists what is below a path: mode and path, and where a link leads. */
function list(path: string, shown = ""): string[] {
  const status = lstatSync(path);
  if (status.isSymbolicLink()) return [`${shown} -> ${readlinkSync(path)}`];
  if (!status.isDirectory()) return [`${(status.mode & 0o7777).toString(8)} ${shown}`];
  return readdirSync(path).flatMap((name) => list(join(path, name), shown === "" ? name : `${shown}/${name}`));
}

interface ZipFile {
  readonly path: string;
  readonly text: string;
  /** Of Unix, with the kind of file. */
  readonly mode?: number;
  readonly flags?: number;
  readonly method?: number;
  /** That it says. @default its own */
  readonly size?: number;
}

/** Makes a zip archive, as odd as it may be. */
function packZip(files: readonly ZipFile[]): Buffer {
  const parts: Buffer[] = [];
  const listed: Buffer[] = [];
  let offset = 0;
  for (const { flags = 0, method = 8, mode = 0o100644, path, size, text } of files) {
    const name = Buffer.from(path);
    const data = method === 8 ? deflateRawSync(text) : Buffer.from(text);
    const shared = Buffer.alloc(26);
    [20, flags, method, 0, 0x5821].forEach((value, index) => shared.writeUInt16LE(value, index * 2));
    shared.writeUInt32LE(data.length, 14);
    shared.writeUInt32LE(size ?? Buffer.byteLength(text), 18);
    shared.writeUInt16LE(name.length, 22);
    const entry = Buffer.alloc(46);
    entry.write("PK\x01\x02", "latin1");
    entry.writeUInt8(3, 5);
    shared.copy(entry, 6);
    entry.writeUInt32LE(mode * 2 ** 16, 38);
    entry.writeUInt32LE(offset, 42);
    listed.push(entry, name);
    parts.push(Buffer.from("PK\x03\x04", "latin1"), shared, name, data);
    offset += 30 + name.length + data.length;
  }
  const directory = Buffer.concat(listed);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, directory, end]);
}

describe("unpackSource: archives of tar", () => {
  const whole = ["644 top/in/text", "top/link -> in/text", "755 top/run"];

  test.each(["--format=gnu", "--gzip", "--xz", "--bzip2", "--zstd", "--format=pax", "--format=v7"])(
    "are unpacked: %s",
    async (option) => {
      expect(await unpack(packTar(makeFiles(), option))).toEqual(whole);
    },
  );

  test("lose as many parts of their paths as is said", async () => {
    expect(await unpack(packTar(makeFiles()), { strip: 2 })).toEqual(["644 in/text", "link -> in/text", "755 run"]);
  });

  test("that have names which lead out are refused, and nothing is written", async () => {
    const source = makeFiles();
    for (const [rename, path] of [
      ["s,^./top/run,../../run,", "../../run"],
      ["s,^./top/run,/etc/run,", "/etc/run"],
      ["s,^./top/run,top/../../run,", "top/../../run"],
    ])
      expect(await unpack(packTar(source, "-P", `--transform=${rename}`))).toBe(
        `UnpackRefusal: it has "${path}", which is outside of it`,
      );
    expect(readdirSync(join(folder, "place"))).toEqual([]);
  });

  test.each([
    ["/etc", "link"],
    ["../..", "link"],
    ["in/../../../x", "link"],
  ])("with a link that leads out, to %s, are refused", async (target, name) => {
    const source = makeFiles();
    rmSync(join(source, "top/link"));
    symlinkSync(target, join(source, "top/link"));
    expect(await unpack(packTar(source))).toBe(`UnpackRefusal: its link "top/${name}" leads out of it, to "${target}"`);
  });

  test("with a link that leads out by another link are refused", async () => {
    const source = makeFiles();
    symlinkSync("../..", join(source, "top/in/up"));
    symlinkSync("in/up/../x", join(source, "top/out"));
    expect(await unpack(packTar(source))).toBe('UnpackRefusal: its link "top/out" leads out of it, to "in/up/../x"');
  });

  test("with what is no file, folder or link are refused", async () => {
    const source = makeFiles();
    execFileSync("mkfifo", [join(source, "pipe")]);
    expect(await unpack(packTar(source))).toMatch(/^UnpackRefusal: it has what is no file, folder or link: "prw/);
  });

  test("that become too large are refused while they do", async () => {
    const source = makeFiles();
    writeFileSync(join(source, "zeros"), Buffer.alloc(10_000_000));
    const bounds = { bytes: 1_000_000, entries: 100 };
    expect(await unpack(packTar(source, "--xz"), { bounds })).toMatch(
      /^UnpackRefusal: it becomes more than 1000000 bytes/,
    );
    expect(lstatSync(join(folder, "scratch")).size).toBeLessThan(1_100_000);
    expect(await unpack(packTar(source), { bounds })).toMatch(/^UnpackRefusal: it becomes more than 1000000 bytes/);
    expect(await unpack(packTar(source), { bounds: { bytes: 1e9, entries: 3 } })).toMatch(/or 3 files$/);
  });

  test("that are damaged are refused", async () => {
    const source = makeFiles();
    const archive = packTar(source, "--gzip");
    expect(await unpack(archive.subarray(0, 100))).toMatch(/^UnpackRefusal: gzip says: .*unexpected end/);
    const plain = packTar(source);
    plain.fill(1, 512, 1024);
    expect(await unpack(plain)).toMatch(/^UnpackRefusal: tar says: /);
  });
});

describe("unpackSource: zip archives", () => {
  const files: readonly ZipFile[] = [
    { path: "top/", text: "", mode: 0o040755, method: 0 },
    { path: "top/run", text: "#!/bin/sh\n", mode: 0o100755 },
    { path: "top/in/text", text: "text", method: 0 },
    { path: "top/link", text: "in/text", mode: 0o120777 },
    { path: "top/empty", text: "", method: 0 },
  ];

  test("are unpacked, with the time that they say", async () => {
    const whole = ["644 top/empty", "644 top/in/text", "top/link -> in/text", "755 top/run"];
    expect(await unpack(packZip(files))).toEqual(whole);
    expect(readFileSync(join(folder, "place/top/run"), "utf8")).toBe("#!/bin/sh\n");
    expect(lstatSync(join(folder, "place/top/run")).mtime.toISOString()).toBe("2024-01-01T00:00:00.000Z");
  });

  test("lose as many parts of their paths as is said", async () => {
    expect(await unpack(packZip(files), { strip: 1 })).toEqual([
      "644 empty",
      "644 in/text",
      "link -> in/text",
      "755 run",
    ]);
  });

  test.each<[why: string, file: ZipFile]>([
    ['it has "../x", which is outside of it', { path: "../x", text: "" }],
    ['it has "/x", which is outside of it', { path: "/x", text: "" }],
    ['its link "x" leads out of it, to "/etc"', { path: "x", text: "/etc", mode: 0o120777 }],
    ['"x" is encrypted', { path: "x", text: "", flags: 1 }],
    ['"x" is packed in a way that is not known: 12', { path: "x", text: "", method: 12 }],
    ['"x" is not as large as it says', { path: "x", text: "long", size: 2 }],
    ['"x" is not as large as it says', { path: "x", text: "long", size: 5 }],
    ["it becomes more than 1000 bytes or 9 files", { path: "x", text: "0".repeat(2000) }],
  ])("are refused: %s", async (why, file) => {
    expect(await unpack(packZip([...files, file]), { bounds: { bytes: 1000, entries: 9 } })).toBe(
      `UnpackRefusal: ${why}`,
    );
  });

  test("cannot write through a link of theirs", async () => {
    const outside = join(folder, "outside");
    mkdirSync(outside);
    const link = { path: "dir", text: outside, mode: 0o120777 };
    expect(await unpack(packZip([link, { path: "dir/x", text: "x" }]))).not.toBeInstanceOf(Array);
    expect(readdirSync(outside)).toEqual([]);
  });

  test("that are not whole are refused", async () => {
    const archive = packZip(files);
    expect(await unpack(archive.subarray(0, -30))).toBe("UnpackRefusal: it has no list of its files");
    const other = Buffer.from(archive);
    other.fill(0xff, 71, 76);
    expect(await unpack(other)).toMatch(/^UnpackRefusal: it is damaged: /);
  });
});

describe("unpackSource: a file that is packed alone", () => {
  test.each(["gzip", "xz", "bzip2", "zstd"])("is unpacked to a file: %s", async (program) => {
    expect(await unpack(execFileSync(program, { input: "page" }))).toEqual(["644 "]);
    expect(readFileSync(join(folder, "place"), "utf8")).toBe("page");
  });

  test("is refused when it is not packed", async () => {
    expect(await unpack(Buffer.from("plain"))).toBe("UnpackRefusal: it is no archive of a kind that is known");
  });
});
