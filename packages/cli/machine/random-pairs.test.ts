import { chmodSync, mkdirSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ManagedDirectory, ManagedFile, Manifest } from "@firn/manifest";
import {
  type Arbitrary,
  asyncProperty,
  assert,
  constantFrom,
  dictionary,
  oneof,
  record,
  uniqueArray,
} from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FolderSwitch, nothing } from "./folder-switch.ts";
import { listMachine } from "./machine-tree.ts";

/** FIRN_PAIRS: how many pairs are tried. */
const pairs = Number(process.env["FIRN_PAIRS"] ?? 200);

const kept = process.env["FIRN_NO_SYNC"];
beforeAll(() => void (process.env["FIRN_NO_SYNC"] = "1"));
afterAll(() => {
  if (kept === undefined) delete process.env["FIRN_NO_SYNC"];
  else process.env["FIRN_NO_SYNC"] = kept;
});

const paths = [
  "/etc/a",
  "/etc/b c",
  "/etc/d/e",
  "/etc/d/f/g",
  "/etc/d/f/h",
  "/etc/-i",
  "/srv/j",
  "/srv/k/l",
  "/opt/é/m",
  "/n",
];
const mode = constantFrom("0644", "0600", "0755", "4755");
const text = constantFrom("one\n", "two\n", "", "three");

type Draft =
  | { readonly kind: "link"; readonly text: string }
  | { readonly kind: "file"; readonly text: string; readonly mode: string }
  | { readonly kind: "symlink"; readonly target: string };

const draft: Arbitrary<Draft> = oneof(
  record({ kind: constantFrom("link" as const), text }),
  record({ kind: constantFrom("file" as const), text, mode }),
  record({ kind: constantFrom("symlink" as const), target: constantFrom("/etc/passwd", "../nowhere") }),
);
const drafts = record({
  files: dictionary(constantFrom(...paths), draft, { maxKeys: 8 }),
  directories: dictionary(
    constantFrom("/srv/data", "/etc/d", "/opt/é"),
    record({ mode: constantFrom("0755", "0700", "1777") }),
  ),
});

const foreignThing = constantFrom("file", "old", "link", "directory", "full");
const foreign = uniqueArray(record({ path: constantFrom(...paths), what: foreignThing }), {
  selector: ({ path }) => path,
  maxLength: 4,
});

function makeForeign(root: string, { path, what }: { path: string; what: string }): void {
  const at = join(root, path);
  mkdirSync(dirname(at), { recursive: true });
  if (what === "link") return symlinkSync("somewhere", at);
  if (what === "directory" || what === "full") mkdirSync(at);
  const file = what === "full" ? join(at, "inside") : at;
  if (what === "directory") return;
  writeFileSync(file, `of the user: ${path}\n`);
  chmodSync(file, 0o640);
  utimesSync(file, 1_000_000_000, 1_000_000_001);
}

function makeManifest(
  machine: FolderSwitch,
  { directories, files }: { files: Record<string, Draft>; directories: Record<string, { mode: string }> },
): Manifest {
  const owner = { user: "root", group: "root" };
  const makeFile = (one: Draft): ManagedFile => {
    if (one.kind === "symlink") return one;
    const content = machine.content(one.text);
    return one.kind === "link" ? { kind: "link", content } : { kind: "file", content, mode: one.mode, ...owner };
  };
  const made: Record<string, ManagedFile> = Object.fromEntries(
    Object.entries(files).map(([path, one]) => [path, makeFile(one)]),
  );
  const dirs: Record<string, ManagedDirectory> = Object.fromEntries(
    Object.entries(directories).map(([path, each]) => [path, { ...each, ...owner }]),
  );
  return { ...nothing, files: made, directories: dirs };
}

test("200 random pairs of manifests: there, to the other, back, and to nothing", { timeout: 600_000 }, async () => {
  await assert(
    asyncProperty(foreign, drafts, drafts, async (things, one, other) => {
      const machine = new FolderSwitch();
      try {
        const folders = new Set(
          things.filter(({ what }) => what !== "directory" && what !== "full").map(({ path }) => path),
        );
        // Nothing of the user's is below something that is no folder.
        for (const thing of things)
          if (![...folders].some((path) => thing.path.startsWith(`${path}/`))) makeForeign(machine.root, thing);
        const bare = listMachine(machine.root);
        const [first, second] = [makeManifest(machine, one), makeManifest(machine, other)];
        const settle = async (manifest: Manifest): Promise<readonly string[]> => {
          const { status, text: said } = await machine.switch(manifest, true);
          expect(status, said).toBe(0);
          const tree = listMachine(machine.root);
          expect(await machine.isSettled(manifest)).toBe(true);
          // Asking changes nothing.
          expect(listMachine(machine.root)).toEqual(tree);
          return tree;
        };
        const there = await settle(first);
        await settle(second);
        expect(withoutState(await settle(first))).toEqual(withoutState(there));
        expect((await machine.switch(undefined)).status).toBe(0);
        expect(withoutState(listMachine(machine.root))).toEqual(withoutState(bare));
      } finally {
        machine.remove();
      }
    }),
    { numRuns: pairs },
  );
});

/** Firn's own state counts on: numbers of generations, names of what is kept. */
function withoutState(lines: readonly string[]): string[] {
  return lines.filter((line) => !/^(?:var\b|current |\d+ installed)/.test(line));
}
