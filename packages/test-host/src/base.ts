import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { defaultCacheDirectory } from "@firn/loader";
import { type AptSources, readAptSources } from "./apt-sources.ts";
import { type BaseRecipe, bootstrapArguments, defaultPackages, hashRecipe, listPackages } from "./base-recipe.ts";
import { withFileLock } from "./file-lock.ts";
import { requireProgram } from "./run-program.ts";
import { testHostProblem } from "./test-host-problem.ts";
import { makeWorkFolder } from "./work-folder.ts";

/** A root that hosts share and never write to. */
export interface Base {
  readonly folder: string;
  readonly recipe: BaseRecipe;
}

/** What a base is to hold, and where it is kept. */
export interface BaseOptions {
  /**
   * Packages besides those that every host needs.
   *
   * @default {@link defaultPackages}
   */
  readonly packages?: readonly string[];
  /**
   * Folder that keeps bases as archives.
   *
   * @default test-hosts in the folder of Firn's caches
   */
  readonly cacheDirectory?: string;
  /** Hears, in pieces of text, what takes long: only the first time a base is asked for. */
  readonly report?: (text: string) => void;
}

/**
 * Opens the base with the packages, which is made when there is none yet, from
 * the package sources of this machine and for its release of Debian.
 *
 * @throws DiagnosticError "test-host-failed" when it cannot be made
 */
export async function openBase(options: BaseOptions = {}): Promise<Base> {
  const { packages = defaultPackages, cacheDirectory = join(defaultCacheDirectory(), "test-hosts") } = options;
  const recipe = { suite: readSuite(), architecture: await readArchitecture(), packages: listPackages(packages) };
  const name = hashRecipe(recipe);
  const bases = makeWorkFolder("bases");
  const folder = join(bases, name);
  if (!existsSync(folder)) {
    await withFileLock(join(bases, `${name}.lock`), async () => {
      if (existsSync(folder)) return;
      // Whatever stands here is from one who was killed: this process holds the lock.
      const scratch = join(bases, `${name}.new`);
      rmSync(scratch, { recursive: true, force: true });
      mkdirSync(scratch, { mode: 0o755 });
      const archive = join(cacheDirectory, `${name}.tar`);
      if (!existsSync(archive)) await makeArchive({ recipe, archive, scratch, report: options.report });
      await extract(archive, join(scratch, "root"));
      renameSync(join(scratch, "root"), folder);
      rmSync(scratch, { recursive: true });
    });
  }
  return { folder, recipe };
}

interface Making {
  readonly recipe: BaseRecipe;
  readonly archive: string;
  readonly scratch: string;
  readonly report: ((text: string) => void) | undefined;
}

async function makeArchive({ recipe, archive, scratch, report }: Making): Promise<void> {
  const { options, suite } = bootstrapArguments(recipe);
  const sources = writeSources(readAptSources("/etc/apt", suite), scratch);
  if (sources.length === 0) {
    throw testHostProblem(`Cannot make a base of "${suite}" for test hosts`, {
      why: [`The package sources of this machine have none for "${suite}"`],
      fix: `Add a line to /etc/apt/sources.list: deb ADDRESS ${suite} main`,
    });
  }
  const unfinished = join(scratch, "root.tar");
  report?.(`Making a Debian root for test hosts, which takes about half a minute: ${archive}\n`);
  const command = ["mmdebstrap", ...options, ...(await readAptSettings()), suite, unfinished, ...sources];
  await requireProgram([...dyingWithUs, ...command], { environment: { TMPDIR: scratch }, report });
  mkdirSync(join(archive, ".."), { recursive: true });
  // The cache can be on another file system, where a rename does not reach.
  const beside = `${archive}.new`;
  try {
    await requireProgram(["cp", unfinished, beside]);
    renameSync(beside, archive);
  } finally {
    rmSync(beside, { force: true });
    rmSync(unfinished, { force: true });
  }
}

/** Has all that a program starts, and all that it mounts, be gone when it ends or this process does. */
const dyingWithUs = [
  "setpriv",
  "--pdeathsig",
  "KILL",
  "unshare",
  "--mount",
  "--propagation",
  "private",
  "--pid",
  "--fork",
  "--kill-child=KILL",
  "--mount-proc",
];

async function extract(archive: string, folder: string): Promise<void> {
  mkdirSync(folder, { mode: 0o755 });
  const faithful = ["--numeric-owner", "--preserve-permissions", "--xattrs", "--xattrs-include=*"];
  // systemd-nspawn makes its own devices.
  await requireProgram(["tar", "-xf", archive, "-C", folder, ...faithful, "--exclude=./dev/*"]);
}

function writeSources(sources: AptSources, folder: string): string[] {
  return (["list", "sources"] as const).flatMap((ending) => {
    if (sources[ending] === "") return [];
    const path = join(folder, `debian.${ending}`);
    writeFileSync(path, `${sources[ending]}\n`);
    return [path];
  });
}

/** Reads how this machine reaches its sources: through which proxy, and whether their dates count. */
async function readAptSettings(): Promise<string[]> {
  const dump = await requireProgram(["apt-config", "dump", "--no-empty", "Acquire"]);
  const kept = /^Acquire::(http|https|Retries|Check-Valid-Until|Check-Date)\b/;
  const settings = dump.split("\n").filter((line) => kept.test(line));
  // The folder is root's alone, where the user for downloads could not write.
  return [...settings, 'APT::Sandbox::User "root";'].map((line) => `--aptopt=${line.replace(/;$/, "")}`);
}

function readSuite(): string {
  const text = readFileSync("/etc/os-release", "utf8");
  return /^VERSION_CODENAME="?([^"\n]+)/m.exec(text)?.[1] ?? "stable";
}

async function readArchitecture(): Promise<string> {
  return (await requireProgram(["dpkg", "--print-architecture"])).trim();
}
