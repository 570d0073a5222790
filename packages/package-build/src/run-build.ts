import {
  chmodSync,
  closeSync,
  fstatSync,
  lchownSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { OwnBuild, OwnPackage } from "@firn/own-package";
import { buildFailure } from "./build-failure.ts";
import { buildUser, hasOwnUser, runInSandbox } from "./run-in-sandbox.ts";

/** A script that makes a package. */
export interface BuildToRun {
  readonly own: OwnPackage & { readonly build: OwnBuild };
  readonly tree: string;
  /** Folder that is this build's own. */
  readonly scratch: string;
  /** Folder with the sources. */
  readonly build: string;
  /** Empty folder that it fills. */
  readonly out: string;
  /** File that gets its output, and stays. */
  readonly log: string;
  /** Time that it takes for now, in seconds since 1970. */
  readonly date: number;
  readonly signal?: AbortSignal | undefined;
}

/** So many of the last lines of a log are shown. */
const shownLines = 12;

/** Runs the script that makes a package. @throws DiagnosticError "build-failed" when it fails, "no-namespace" */
export async function runBuild(run: BuildToRun): Promise<void> {
  const { build, date, log, out, own, scratch, signal, tree } = run;
  const [root, tmp, script] = ["root", "tmp", "script"].map((name) => join(scratch, name)) as [string, string, string]; // Three of three.
  for (const folder of [root, tmp, dirname(log)]) mkdirSync(folder, { recursive: true });
  chmodSync(tmp, 0o1777);
  writeFileSync(script, own.build.script);
  if (hasOwnUser()) for (const folder of [build, out]) giveAll(folder, buildUser);
  const environment = {
    ...own.build.environment,
    PATH: "/usr/bin:/usr/sbin",
    HOME: "/build",
    TMPDIR: "/tmp",
    TZ: own.build.environment?.["TZ"] ?? "UTC",
    LC_ALL: own.build.environment?.["LC_ALL"] ?? "C.UTF-8",
    SOURCE_DATE_EPOCH: own.build.environment?.["SOURCE_DATE_EPOCH"] ?? `${date}`,
    out: "/out",
  };
  const status = await runInSandbox({ tree, root, build, out, tmp, script, log, environment, signal });
  if (status === 0) {
    if (readdirSync(out).length > 0 || Object.keys(own.install ?? {}).length > 0) return;
    throw buildFailure(`Cannot pack the package "${own.name}": its script has put nothing in $out`, {
      why: [`All that it printed is in "${log}"`],
      fix: "Install to $out: make install DESTDIR=$out prefix=/usr",
    });
  }
  throw buildFailure(`Cannot build the package "${own.name}": its script ended with ${status}`, {
    why: [...readEnd(log), `All that it printed is in "${log}"`],
    fix: "Correct the script, its sources or its tools",
  });
}

/** Gives all below a folder, and itself, to a user. */
function giveAll(folder: string, user: number): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) giveAll(path, user);
    else lchownSync(path, user, user);
  }
  lchownSync(folder, user, user);
}

/** The last lines of a log, without what would move the cursor of a terminal. */
function readEnd(log: string): string[] {
  const file = openSync(log, "r");
  try {
    const bytes = Buffer.alloc(16 * 1024);
    const start = Math.max(0, fstatSync(file).size - bytes.length);
    const text = bytes.toString("utf8", 0, readSync(file, bytes, 0, bytes.length, start));
    const plain = stripVTControlCharacters(text).replaceAll(/[^\P{Cc}\n]/gu, " ");
    const lines = plain.split("\n").map((line) => line.trimEnd());
    return lines.filter((line) => line !== "").slice(-shownLines);
  } finally {
    closeSync(file);
  }
}
