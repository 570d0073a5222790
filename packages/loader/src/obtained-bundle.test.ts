import {
  chmodSync,
  chownSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createFlake, type Files, type TemporaryFlake, writeAll } from "../test/temporary-flake.ts";

const entry = "hosts/web/src/index.ts";
const named = (name: string): string =>
  `import { defineModule } from "firn";\nexport default defineModule({ name: "${name}" });\n`;

const viaModule: Files = {
  [entry]:
    'import { defineModule } from "firn";\nimport { name } from "@modules/a";\nexport default defineModule({ name });\n',
  "modules/a/src/index.ts": 'export const name = "first";\n',
};

/** Loads the host "web" and says its name and whether it came from the cache. */
async function nameOf(flake: TemporaryFlake): Promise<string> {
  const { hosts, fromCache } = await flake.load();
  const [host] = hosts;
  return `${host?.module?.settings.name ?? host?.diagnostics[0]?.code} ${fromCache ? "stored" : "built"}`;
}

function storedIn({ cacheDirectory }: TemporaryFlake): string[] {
  return readdirSync(cacheDirectory).map((name) => join(cacheDirectory, name));
}

function storedFile(flake: TemporaryFlake): string {
  const [file, ...more] = storedIn(flake);
  if (file === undefined || more.length > 0) throw new Error("there should be one stored bundle");
  return file;
}

describe("obtainBundle", () => {
  test("spares bundling as long as nothing changes", async () => {
    const flake = await createFlake(viaModule);
    expect(await nameOf(flake)).toBe("first built");
    expect(await nameOf(flake)).toBe("first stored");
  });

  test("keeps no failure: what was missing is found as soon as it is there", async () => {
    const flake = await createFlake({ [entry]: viaModule[entry] ?? "" });
    expect(await nameOf(flake)).toBe("unresolved-import built");
    expect(storedIn(flake)).toEqual([]);
    writeAll(flake.root, {
      "modules/a/src/index.ts": 'export const name = "there";\n',
      "modules/a/package.json": '{ "exports": "./src/index.ts" }',
    });
    symlinkSync("../../../../modules/a", flake.path("hosts/web/node_modules/@modules/a"));
    expect(await nameOf(flake)).toBe("there built");
  });

  test("holds one bundle for each set of hosts, in whatever order they are asked for", async () => {
    const flake = await createFlake({ [entry]: named("web"), "hosts/db/src/index.ts": named("db") });
    const isStored = async (...names: string[]): Promise<boolean> => (await flake.load(...names)).fromCache;
    expect([await isStored("web", "db"), await isStored("db", "web"), await isStored("db")]).toEqual([
      false,
      true,
      false,
    ]);
    expect(storedIn(flake)).toHaveLength(2);
  });

  test("may be deleted", async () => {
    const flake = await createFlake({ [entry]: named("web") });
    await nameOf(flake);
    rmSync(flake.cacheDirectory, { recursive: true });
    expect(await nameOf(flake)).toBe("web built");
    expect(await nameOf(flake)).toBe("web stored");
  });

  test.each<[how: string, damage: (bytes: Buffer) => Buffer]>([
    ["empty", () => Buffer.alloc(0)],
    ["something else", () => Buffer.from("firn-bundle 1 0 x\nnonsense")],
    ["cut short", (bytes) => bytes.subarray(0, bytes.length - 100)],
    ["cut in its header", (bytes) => bytes.subarray(0, 60)],
    [
      "of another version",
      (bytes) => Buffer.concat([Buffer.from("firn-bundle 0"), bytes.subarray("firn-bundle 1".length)]),
    ],
    ...[20, 100, 0.5, 0.9, 0.999].map((at): [string, (bytes: Buffer) => Buffer] => [
      `changed in one bit at ${at}`,
      (bytes) => {
        const index = Math.floor(at < 1 ? at * bytes.length : at);
        bytes.writeUInt8(bytes.readUInt8(index) ^ 1, index);
        return bytes;
      },
    ]),
  ])("is built anew when it is %s", async (_how, damage) => {
    const flake = await createFlake({ [entry]: named("web") });
    await nameOf(flake);
    const file = storedFile(flake);
    writeFileSync(file, damage(readFileSync(file)));
    expect(await nameOf(flake)).toBe("web built");
    expect(await nameOf(flake)).toBe("web stored");
  });

  test("is done without where it cannot be written", async () => {
    const flake = await createFlake({ [entry]: named("web") });
    rmSync(flake.cacheDirectory, { recursive: true });
    writeFileSync(flake.cacheDirectory, "a file");
    expect(await nameOf(flake)).toBe("web built");
    expect(await nameOf(flake)).toBe("web built");
  });

  test.runIf(process.getuid?.() === 0)("is not believed when another user wrote it", async () => {
    const flake = await createFlake({ [entry]: named("web") });
    await nameOf(flake);
    chownSync(storedFile(flake), 1, 1);
    expect(await nameOf(flake)).toBe("web built");
  });

  test("can be read by its user alone", async () => {
    const flake = await createFlake({ [entry]: named("web") });
    chmodSync(flake.cacheDirectory, 0o755);
    await nameOf(flake);
    expect(statSync(storedFile(flake)).mode & 0o077).toBe(0);
  });

  test("keeps the compiled form that it is given, and writes nothing as long as there is no other", async () => {
    const flake = await createFlake({ [entry]: named("web") });
    const loaded = await flake.load();
    expect(loaded.compiled).toBeUndefined();
    loaded.keepCompiled(Buffer.from("compiled"));
    const again = await flake.load();
    expect(String(again.compiled)).toBe("compiled");
    const { mtimeMs } = statSync(storedFile(flake));
    again.keepCompiled(undefined);
    expect(statSync(storedFile(flake)).mtimeMs).toBe(mtimeMs);
  });
});

describe("checkFreshness", () => {
  test.each<[what: string, changed: Files, expected: string]>([
    ["a file of a module", { "modules/a/src/index.ts": 'export const name = "second";\n' }, "second built"],
    ["it to something of the same size", { "modules/a/src/index.ts": 'export const name = "FIRST";\n' }, "FIRST built"],
    [
      "the exports of a package",
      {
        "modules/a/package.json": '{ "name": "@modules/a", "exports": "./src/other.ts" }',
        "modules/a/src/other.ts": 'export const name = "other";\n',
      },
      "other built",
    ],
    ["the lock", { "lockfile.json": '{ "inputs": {} }\n' }, "first built"],
    ["a file to one that is wrong", { "modules/a/src/index.ts": "export const = 1;\n" }, "syntax-error built"],
    [
      "the globs so that they leave the host out",
      { "pnpm-workspace.yaml": "packages: ['modules/*']\n" },
      "bad-host-package built",
    ],
    ["a file that is no part of it", { "modules/a/src/unused.ts": "", "hosts/web/readme.md": "" }, "first stored"],
  ])("sees an edit of %s", async (_what, changed, expected) => {
    const flake = await createFlake(viaModule);
    await nameOf(flake);
    await flake.write(changed);
    expect(await nameOf(flake)).toBe(expected);
  });

  test("sees an edit that restores size and modification time, by the time of the status change", async () => {
    const flake = await createFlake(viaModule);
    await nameOf(flake);
    const file = flake.path("modules/a/src/index.ts");
    const { atime, mtime } = statSync(file);
    writeFileSync(file, 'export const name = "FIRST";\n');
    utimesSync(file, atime, mtime);
    expect(await nameOf(flake)).toBe("FIRST built");
  });

  test("sees edits that follow one another faster than the clock of the file system ticks", async () => {
    const flake = await createFlake({ [entry]: named("0") });
    for (let edit = 1; edit < 6; edit++) {
      writeFileSync(flake.path(entry), named(String(edit)));
      expect(await nameOf(flake)).toMatch(`${edit} `);
    }
  });

  test("needs no new bundle when a file is only touched, and notes its new date", async () => {
    const flake = await createFlake(viaModule);
    await nameOf(flake);
    utimesSync(flake.path(entry), 1, 1);
    const before = readFileSync(storedFile(flake));
    expect(await nameOf(flake)).toBe("first stored");
    const noted = readFileSync(storedFile(flake));
    expect(noted.equals(before)).toBe(false);
    expect(await nameOf(flake)).toBe("first stored");
    expect(readFileSync(storedFile(flake)).equals(noted)).toBe(true);
  });
});

describe("listInputs", () => {
  test("sees that another package is linked", async () => {
    const flake = await createFlake({
      ...viaModule,
      "modules/b/src/index.ts": 'export const name = "other package";\n',
    });
    await nameOf(flake);
    unlinkSync(flake.path("hosts/web/node_modules/@modules/a"));
    symlinkSync("../../../../modules/b", flake.path("hosts/web/node_modules/@modules/a"));
    expect(await nameOf(flake)).toBe("other package built");
  });

  test("sees a file appear that an import means rather than what it meant before", async () => {
    const flake = await createFlake({
      [entry]:
        'import { defineModule } from "firn";\nimport { name } from "./name.js";\nexport default defineModule({ name });\n',
      "hosts/web/src/name.ts": 'export const name = "typescript";\n',
    });
    expect(await nameOf(flake)).toBe("typescript built");
    await flake.write({ "hosts/web/src/name.js": 'export const name = "javascript";\n' });
    expect(await nameOf(flake)).toBe("javascript built");
  });
});
