import { lstatSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DiagnosticError } from "@firn/diagnostic";
import { checkOwnPackage, type Circumstances, ownCandidate, type OwnPackage } from "@firn/own-package";
import type { OwnCandidate } from "@firn/package-manager";
import { hashFile, type Store } from "@firn/store";
import { buildFailure, explainBuildFailure } from "./build-failure.ts";
import { type BuiltFile, BuiltPackages } from "./built-packages.ts";
import { makeFolder } from "./copy-files.ts";
import { fetchSources, type SourceFetch } from "./fetch-sources.ts";
import { installFiles } from "./install-files.ts";
import { packPackage } from "./pack-package.ts";
import { placeSources } from "./place-sources.ts";
import { runBuild } from "./run-build.ts";
import { withScratch } from "./scratch-folder.ts";

/** A package to build, and with what. */
export interface PackageToBuild extends SourceFetch, Circumstances {
  readonly package: OwnPackage;
  /** Gets its sources, and the package. */
  readonly store: Store;
  /** Where it is built, and where it is remembered what was; absolute. */
  readonly folder: string;
  /** Has the tree of its tools, and tells its path; it is asked only when there is a script to run. */
  readonly makeTree?: (() => Promise<string>) | undefined;
  /** When all of its files were changed, in seconds since 1970. @default the first day of 1980, which no format of archives is too young for */
  readonly date?: number;
  /** Is told, a line each, what is done that may take a while. @default nobody is */
  readonly progress?: (line: string) => void;
}

/** A package that was built. */
export interface BuiltPackage extends BuiltFile {
  /** What it is called, and which version of it this is. */
  readonly candidate: OwnCandidate;
  /** Whether it had to be built now. */
  readonly isNew: boolean;
}

/** Seconds since 1970. */
const usualDate = Date.UTC(1980, 0, 1) / 1000;

/**
 * Makes the file of a package, for dpkg, in a store; does nothing when that has
 * it already. Nothing that is interrupted is taken for whole.
 *
 * @throws DiagnosticError "bad-manifest" for what no package can be, "build-failed" when a script or an archive is to
 * blame, "integrity-mismatch" and "fetch-failed" for sources, "no-namespace", "store-failed"
 */
export async function buildPackage(work: PackageToBuild): Promise<BuiltPackage> {
  const { date = usualDate, folder, package: own, store } = work;
  const problems = checkOwnPackage(own);
  if (problems.length > 0) throw new DiagnosticError(problems);
  const candidate = ownCandidate(own, work);
  const remembered = new BuiltPackages(join(folder, "built"), store);
  const known = remembered.find(candidate.sha256, date);
  if (known !== undefined) return { ...known, candidate, isNew: false };
  try {
    await fetchSources(own, work);
    const built = await withScratch(folder, (scratch) => buildIn(scratch, { ...work, date }, candidate));
    remembered.add(candidate.sha256, date, built);
    return { ...built, candidate, isNew: true };
  } catch (thrown) {
    throw explainBuildFailure(folder, thrown);
  }
}

async function buildIn(
  scratch: string,
  work: PackageToBuild & { readonly date: number },
  candidate: OwnCandidate,
): Promise<BuiltFile> {
  const { date, package: own, store } = work;
  const [build, root] = [join(scratch, "build"), join(scratch, "out")];
  for (const folder of [build, root]) makeFolder(folder);
  await placeSources(own, { build, scratch, store, date });
  if (own.build !== undefined) await runScript({ ...own, build: own.build }, { build, scratch, root }, work);
  installFiles(own, { build, root });
  const file = store.receive();
  try {
    await packPackage({ candidate, root, file, date });
    const [sha256, { size }] = [hashFile(file), lstatSync(file)];
    await store.keep(file, sha256);
    return { sha256, size };
  } finally {
    rmSync(file, { force: true });
  }
}

async function runScript(
  own: OwnPackage & Required<Pick<OwnPackage, "build">>,
  { build, root, scratch }: { readonly build: string; readonly root: string; readonly scratch: string },
  work: PackageToBuild & { readonly date: number },
): Promise<void> {
  const { date, folder, makeTree, progress, signal } = work;
  if (makeTree === undefined)
    throw buildFailure(`Cannot build the package "${own.name}": it has a script, and no tools to run it with`, {
      fix: 'Name them: build: { tools: ["gcc", "make"] }',
    });
  const { name, version } = ownCandidate(own, work);
  const log = join(folder, "logs", `${name}_${version.replaceAll(":", "%3a")}.log`);
  const tree = await makeTree();
  progress?.(`Building ${name} ${version}, which prints to "${log}"`);
  await runBuild({ own, tree, scratch, build, out: root, log, date, signal });
}
