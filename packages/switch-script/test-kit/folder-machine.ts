import { createHash } from "node:crypto";
import {
  chmodSync,
  existsSync,
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
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { emptyRecord, type FileStep, type PathState, type PlacedState, type Plan, type PlanDetails } from "@firn/plan";
import { compileSwitch, type SwitchScripts } from "@firn/switch-script";

const state = "/var/lib/firn";

/** A folder that stands for a machine, with a store of one generation. */
export class FolderMachine {
  readonly root: string = mkdtempSync(join(tmpdir(), "firn-switch-"));
  readonly #sources = new Map<string, string>();

  constructor() {
    mkdirSync(join(this.root, state), { recursive: true });
    mkdirSync(join(this.root, "etc"));
  }

  /** Writes what is on the machine: a file's text, a link's target as `-> target`, or a directory as undefined. */
  write(path: string, what: string | undefined, mode: number = what === undefined ? 0o755 : 0o644): void {
    const at = join(this.root, path);
    mkdirSync(dirname(at), { recursive: true });
    if (what === undefined) mkdirSync(at, { recursive: true });
    else if (what.startsWith("-> ")) symlinkSync(what.slice(3), at);
    else writeFileSync(at, what, { mode });
    if (what?.startsWith("-> ") !== true) chmodSync(at, mode);
  }

  /** Says what is at a path, the way a plan says it. */
  stateOf(path: string): PathState {
    const at = join(this.root, path);
    // Below a file there is nothing, which Node.js tells otherwise than the rest.
    const isBelowFile = path.includes("/", 1) && this.stateOf(dirname(path)).kind === "file";
    const stat = isBelowFile ? undefined : lstatSync(at, { throwIfNoEntry: false });
    if (stat === undefined) return { kind: "absent" };
    const owner = { uid: stat.uid, gid: stat.gid };
    const mode = (stat.mode & 0o7777).toString(8).padStart(4, "0");
    if (stat.isSymbolicLink()) return { kind: "symlink", target: readlinkSync(at), ...owner };
    if (stat.isDirectory()) return { kind: "directory", mode, ...owner, isEmpty: readdirSync(at).length === 0 };
    if (!stat.isFile()) return { kind: "other", what: "something else", ...owner };
    return { kind: "file", content: hashOf(readFileSync(at)), mode, size: stat.size, ...owner };
  }

  /** Has the new generation link or write a text at a path. */
  placed(path: string, text: string, mode?: string): PlacedState {
    const source = `files${path}`;
    this.#sources.set(source, text);
    const content = hashOf(text);
    if (mode !== undefined) return { kind: "file", content, source, mode, uid: 0, gid: 0 };
    return { kind: "link", content, source, target: `${state}/current/generation/${source}` };
  }

  /** Makes the step that leads to a state. */
  step(path: string, after: PlacedState, more: Partial<FileStep> = {}): FileStep {
    return { action: "change", path, owner: undefined, before: this.stateOf(path), after, ...more };
  }

  /** Compiles steps, and puts all in place that the script needs. */
  prepare(files: readonly FileStep[], more: Partial<Plan> = {}): SwitchScripts {
    const scripts = compileSwitch(planOf(this.root, files, more), detailsOf(), {
      installed: "1",
      number: 1,
      isNewNumber: true,
    });
    const journal = join(this.root, state, "journal.new");
    mkdirSync(join(journal, "installed"), { recursive: true });
    symlinkSync("../../store/generations/new", join(journal, "installed/generation"));
    writeFileSync(join(journal, "number.json"), "{}");
    for (const [name, text] of Object.entries(scripts.staged)) writeFileSync(join(journal, name), text);
    for (const name of ["apply", "revert", "clean"] as const) writeFileSync(join(journal, `${name}.sh`), scripts[name]);
    for (const [source, text] of this.#sources) {
      const at = join(this.root, state, "store/generations/new", source);
      mkdirSync(dirname(at), { recursive: true });
      writeFileSync(at, text, { mode: 0o444 });
    }
    return scripts;
  }

  /** Runs a script of the journal. */
  run(script: string, ...wrapper: readonly string[]): { status: number | null; output: string } {
    const [command = "sh", ...args] = [...wrapper, "sh", join(this.root, state, script)];
    const { status, stdout, stderr } = spawnSync(command, args, {
      encoding: "utf8",
      env: { ...process.env, FIRN_NO_SYNC: "1" },
    });
    return { status, output: stdout + stderr };
  }

  /** Lists all there is outside of the store: one line each with kind, mode, time and content. */
  list(): string[] {
    const lines: string[] = [];
    const visit = (path: string): void => {
      if (path === `${state}/store` || path === `${state}/journal.new` || path === `${state}/lock`) return;
      const entry = this.stateOf(path);
      const time = entry.kind === "file" ? lstatSync(join(this.root, path)).mtimeMs : "";
      if (path !== "") lines.push(`${path} ${JSON.stringify({ ...entry, isEmpty: undefined })} ${time}`);
      if (entry.kind !== "directory") return;
      for (const name of readdirSync(join(this.root, path)).toSorted()) visit(`${path}/${name}`);
    };
    visit("");
    return lines;
  }

  /** The same without times, to compare one machine with another. */
  listUndated(): string[] {
    return this.list().map((line) => line.replace(/ [\d.]*$/, ""));
  }

  /** Does what the next run of Firn does first. */
  recover(): string {
    const found = ["journal", "committed"].find((name) => existsSync(join(this.root, state, name)));
    for (const name of ["journal.new", "ended"]) rmSync(join(this.root, state, name), { recursive: true, force: true });
    if (found === undefined) return "";
    return this.run(found === "journal" ? "journal/revert.sh" : "committed/clean.sh").output;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

function hashOf(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

function planOf(root: string, files: readonly FileStep[], more: Partial<Plan>): Plan {
  return {
    version: 1,
    host: "web",
    to: { name: "new" },
    files,
    accounts: [],
    packages: [],
    ownedPaths: [],
    trees: [],
    givenUp: { paths: [], brought: [] },
    keptPackages: { before: [], after: [] },
    units: [],
    reloadedManagers: [],
    hooks: [],
    checks: { before: [], after: [] },
    collisions: [],
    scope: {
      kind: "system",
      root,
      state,
      hasOwners: false,
    },
    ...more,
  };
}

function detailsOf(): PlanDetails {
  return { accountFiles: {}, accountFilesBefore: {}, record: emptyRecord };
}
