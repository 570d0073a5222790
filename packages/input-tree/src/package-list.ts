import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/** A package of a flake that others may import. */
export interface ListedPackage {
  readonly name: string;
  /** Absolute path. */
  readonly folder: string;
}

/** The packages of a flake, and by what files that was decided. */
export interface PackageList {
  readonly packages: readonly ListedPackage[];
  /** Files and folders that, when they change, can change the list. */
  readonly watched: readonly string[];
}

/** Bytes of a manifest that is read at most: those of inputs are a stranger's. */
const manifestLimit = 1024 * 1024;

/** Bytes of a pnpm-workspace.yaml: deep lists of a mebibyte take seconds to parse. */
const workspaceLimit = 64 * 1024;

/** Globs of a workspace; each is looked for on its own. */
const mostGlobs = 200;

/** Names that packages may have: no longer than npm allows, nothing that starts with a dot, one slash after a scope. */
const packageName = /^(?!node_modules$)(?=.{1,214}$)(?:@[a-z0-9~_][\w.~-]*\/)?[a-z0-9~_][\w.~-]*$/i;

/**
 * Lists the packages of a flake: those that its pnpm-workspace.yaml takes, but
 * for hosts; without that file the folder itself, if it is a package. Nothing
 * outside of the folder is looked at, whatever the globs say.
 */
export async function listPackages(folder: string): Promise<PackageList> {
  const workspace = join(folder, "pnpm-workspace.yaml");
  const globs = existsSync(workspace) ? await readGlobs(workspace) : undefined;
  const folders = globs === undefined ? [folder] : await expandGlobs(folder, globs);
  const packages = folders.flatMap((one) => {
    const name = readName(join(one, "package.json"));
    return name === undefined ? [] : [{ name, folder: one }];
  });
  const manifests = folders.flatMap((one) => [join(one, "package.json"), dirname(one)]);
  const areas = ["modules", "packages"].map((area) => join(folder, area));
  const inside = [...manifests, ...areas].filter((path) => path.startsWith(folder + sep));
  return { packages, watched: [...new Set([workspace, ...inside])] };
}

function readText(file: string, limit = manifestLimit): string | undefined {
  try {
    return statSync(file).size > limit ? undefined : readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** What is wrong with the file of an input is not for the user to correct: it has no packages then. */
async function readGlobs(file: string): Promise<string[]> {
  const { parseDocument } = await import("yaml");
  const document = parseDocument(readText(file, workspaceLimit) ?? "", { uniqueKeys: false });
  if (document.errors.length > 0) return [];
  const globs: unknown = document.get("packages", true);
  const listed: unknown = JSON.parse(JSON.stringify(globs ?? []));
  return Array.isArray(listed) ? listed.filter((glob) => typeof glob === "string") : [];
}

/**
 * Tells whether a glob takes little time whatever the names are: others become
 * regular expressions that go back and forth in a long name for years. Nobody
 * needs them to say where packages are.
 */
function isQuickGlob(glob: string): boolean {
  const choices = glob.match(/\{[^{}*]*\}/g) ?? [];
  const plain = glob.replaceAll(/\{[^{}*]*\}/g, "x");
  if (choices.length > 2 || /[()[\]{}?|\\]/.test(plain)) return false;
  const steps = plain.replace(/^!/, "").split("/");
  const isSimple = (step: string): boolean => step === "**" || (!step.includes("**") && step.split("*").length <= 3);
  return steps.every(isSimple) && steps.filter((step) => step === "**").length <= 2;
}

async function expandGlobs(folder: string, globs: readonly string[]): Promise<string[]> {
  const own = globs.filter((glob) => !/^!?(?:\/|[a-z]:)|(?:^!?|\/)\.\.(?:\/|$)/i.test(glob));
  if (own.length === 0 || own.length > mostGlobs || !own.every(isQuickGlob)) return [];
  const { glob } = await import("tinyglobby");
  const files = await glob(
    own.map((pattern) => pattern.replace(/\/*$/, "/package.json")),
    {
      cwd: folder,
      ignore: ["**/node_modules/**"],
      expandDirectories: false,
      followSymbolicLinks: false,
      absolute: true,
    },
  );
  const folders = files.map((file) => dirname(file)).filter((one) => one.startsWith(folder + sep));
  return folders.filter((one) => relative(folder, one).split(sep)[0] !== "hosts").toSorted();
}

function readName(file: string): string | undefined {
  try {
    const manifest = JSON.parse(readText(file) ?? "") as { name?: unknown }; // Null throws, and any other value can be asked.
    return typeof manifest.name === "string" && packageName.test(manifest.name) ? manifest.name : undefined;
  } catch {
    return undefined;
  }
}
