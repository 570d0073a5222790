import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseProbe, probeScript, readActual } from "@firn/host-access";
import type { Actual, ActualQuestion } from "@firn/plan";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildReader } from "./build-reader.ts";
import { askFor, folderScope, makeRoot } from "./host-access-contract.ts";
import { oddPaths } from "./odd-paths.ts";

function probe(root: string, question: ActualQuestion, begin: readonly string[] = []): Actual {
  const scope = folderScope(root);
  const [program = "sh", ...words] = [...begin, "sh"];
  const { stdout } = spawnSync(program, words, { input: probeScript(scope, question), maxBuffer: 64 * 1024 * 1024 });
  return parseProbe(stdout.toString(), scope, question);
}

describe("readActual and probeScript agree to the letter", () => {
  test("on all odd paths in one folder each, asked for together", async () => {
    const root = makeRoot();
    const paths: string[] = [];
    for (const [index, { make, expected }] of oddPaths.entries()) {
      mkdirSync(join(root, `${index}`));
      await make(join(root, `${index}`));
      paths.push(...Object.keys(expected).map((path) => (path === "/" ? `/${index}` : `/${index}${path}`)));
    }
    const actual = await readActual(folderScope(root), askFor(paths));
    expect(probe(root, askFor(paths))).toEqual(actual);
    expect(Object.keys(actual.paths).length).toBeGreaterThan(200);
  });

  /** Few names, so that links meet what they name. */
  const name = fc.constantFrom("a", "b", "c d", "e\n", ".");
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.filter((one) => one !== "."));
  const target = fc
    .array(fc.constantFrom("a", "b", "c d", "e\n", ".", "..", ""), { minLength: 1, maxLength: 4 })
    .map((names) => names.join("/"))
    .filter((text) => text !== "");
  const entry = fc.record({ path, target: fc.option(target), isDirectory: fc.boolean() });

  test("on random trees of links, directories and files", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(entry, { maxLength: 12 }),
        fc.array(path, { maxLength: 12 }),
        async (entries, asked) => {
          const root = makeRoot();
          for (const one of entries) makeEntry(root, one);
          const question = askFor([...asked, ...entries.map((one) => one.path)].map((names) => `/${names.join("/")}`));
          expect(probe(root, question)).toEqual(await readActual(folderScope(root), question));
        },
      ),
      { numRuns: 60 },
    );
  });
});

/** Makes what can be made: an earlier entry may be in the way. */
function makeEntry(
  root: string,
  entry: { readonly path: readonly string[]; readonly target: string | null; readonly isDirectory: boolean },
): void {
  const path = join(root, ...entry.path);
  try {
    if (entry.path.length > 1) mkdirSync(join(path, ".."), { recursive: true });
    if (entry.isDirectory) mkdirSync(path);
    else if (entry.target === null) writeFileSync(path, "text", { flag: "wx" });
    else symlinkSync(entry.target, path);
  } catch {
    // What is in the way stays.
  }
}

describe("an ordinary user", () => {
  const begin = process.geteuid?.() === 0 ? ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"] : [];
  let reader = { folder: "", program: "" };
  beforeAll(async () => {
    reader = await buildReader();
  });
  afterAll(() => rmSync(reader.folder, { recursive: true, force: true }));

  function makeGuarded(): string {
    const root = makeRoot();
    chmodSync(root, 0o755);
    for (const folder of ["etc", "secret/deep", "listed", "blind", "open"])
      mkdirSync(join(root, folder), { recursive: true });
    for (const file of ["etc/passwd", "etc/group", "etc/shadow", "secret/f", "listed/f", "blind/f", "open/f"]) {
      writeFileSync(join(root, file), "text\n", { mode: 0o644 });
    }
    symlinkSync("secret/deep", join(root, "into"));
    symlinkSync("secret/none", join(root, "nowhere"));
    const modes = { "etc/shadow": 0, "open/f": 0, secret: 0o600, listed: 0o444, blind: 0o111 };
    for (const [path, mode] of Object.entries(modes)) chmodSync(join(root, path), mode);
    return root;
  }

  const asked = [
    "/open/f",
    "/secret/f",
    "/secret/deep/x",
    "/into/x",
    "/nowhere/x",
    "/listed/f",
    "/listed/n",
    "/blind/f",
  ];
  const question = askFor([...asked, "/blind/none", "/listed", "/blind", "/open/none"]);
  const unreadable = { kind: "other", what: "unreadable", uid: -1, gid: -1 };

  test.each(["readActual", "probeScript"])("%s tells what may not be looked at from what is not there", (way) => {
    const root = makeGuarded();
    const { paths, accounts } = way === "readActual" ? runReader(root) : probe(root, question, begin);
    for (const path of ["/secret", "/listed", "/blind"]) chmodSync(join(root, path), 0o755);
    expect(
      Object.keys(paths)
        .filter((path) => "what" in (paths[path] ?? {}))
        .toSorted(),
    ).toEqual(
      ["/secret/f", "/secret/deep", "/secret/deep/x", "/into/x", "/nowhere/x", "/listed/f", "/listed/n"].toSorted(),
    );
    expect(paths["/secret/f"]).toEqual(unreadable);
    expect(paths["/open/f"]).toMatchObject({ kind: "file", mode: "0000", size: 5 });
    expect(paths["/open/f"]).not.toHaveProperty("content");
    expect(paths["/blind/f"]).toMatchObject({ kind: "file", content: expect.any(String) });
    expect(paths["/blind/none"]).toEqual({ kind: "absent" });
    expect(paths["/secret"]).toMatchObject({ kind: "directory", isEmpty: false });
    expect(paths["/listed"]).toMatchObject({ kind: "directory", isEmpty: false });
    expect(paths["/blind"]).toMatchObject({ kind: "directory", isEmpty: false });
    expect(accounts).toEqual({ passwd: "text\n", group: "text\n" });
  });

  function runReader(root: string): Actual {
    const [program = process.execPath, ...words] = [...begin, process.execPath, reader.program];
    const input = JSON.stringify([folderScope(root), question]);
    const { stdout, stderr } = spawnSync(program, words, { input, encoding: "utf8" });
    expect(stderr).toBe("");
    return JSON.parse(stdout);
  }
});
