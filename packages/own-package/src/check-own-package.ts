import type { Diagnostic } from "@firn/diagnostic";
import type { OwnInstall, OwnPackage, OwnSource } from "./own-package.ts";

/** What is wrong, and where in the description of the package. */
type Complaint = readonly [path: readonly string[], what: string, fix: string];

/**
 * Checks what a package is described by. The option path of a problem is that
 * within the description.
 *
 * @returns "bad-manifest" for what no package can be
 */
export function checkOwnPackage(own: OwnPackage): Diagnostic[] {
  const complaints = [
    ...checkNames(own),
    ...checkRelations(own),
    ...Object.entries(own.sources ?? {}).flatMap(([path, source]) => checkSource(path, source)),
    ...checkNesting(Object.keys(own.sources ?? {})),
    ...checkVariables(own),
    ...Object.entries(own.install ?? {}).flatMap(([path, install]) => checkInstall(path, install)),
  ];
  return complaints.map(([optionPath, what, fix]) => {
    const message = `Cannot make the package "${own.name}": ${what}`;
    return { code: "bad-manifest", severity: "error", message, optionPath, marks: [], fix };
  });
}

function checkNames({ architecture, name, summary, version }: OwnPackage): Complaint[] {
  const complaints: Complaint[] = [];
  if (!/^[a-z0-9][a-z0-9+.-]+$/.test(name))
    complaints.push([["name"], "no package can have that name", "Use small letters, digits, and + - ."]);
  // Digits come first, and a hyphen is the last before what the distribution counts.
  if (!/^(?:\d+:)?\d[A-Za-z0-9.+~-]*$/.test(version))
    complaints.push([["version"], `"${version}" is no version`, 'Begin with a digit: "1.7"']);
  if (!/^\S(?:.*\S)?$/.test(summary))
    complaints.push([["summary"], "its summary is not one line", 'Write what it is: "Paints the shed"']);
  if (architecture !== undefined && !/^[a-z0-9][a-z0-9-]*$/.test(architecture))
    complaints.push([["architecture"], `"${architecture}" is no architecture`, 'Name one: "amd64", or "all"']);
  return complaints;
}

/** One package of each, with a version at most; of what is needed several may do. */
const relation = /^[a-z0-9][a-z0-9+.-]+(?::[a-z0-9-]+)?(?: \((?:<<|<=|=|>=|>>) [A-Za-z0-9.+:~-]+\))?$/;

function checkRelations(own: OwnPackage): Complaint[] {
  return (["depends", "provides", "conflicts", "replaces"] as const).flatMap((field) =>
    // So that they are fields.
    (own[field] ?? []).flatMap((text, index): Complaint[] => {
      const parts = field === "depends" ? text.split(" | ") : [text];
      if (parts.every((part) => relation.test(part))) return [];
      const fix = `Write one, as "libc6 (>= 2.36)"${field === "depends" ? ', or several that will do, as "mawk | gawk"' : ""}`;
      return [[[field, `${index}`], `"${text}" names no package`, fix]];
    }),
  );
}

function checkSource(path: string, source: OwnSource): Complaint[] {
  const at = ["sources", path];
  const complaints = path === "." ? [] : checkPath(path, at);
  if (!("text" in source) && !/^[0-9a-f]{64}$/.test(source.sha256))
    complaints.push([
      [...at, "sha256"],
      `the sha256 of "${path}" is none`,
      "Write its 64 hexadecimal digits, in small letters",
    ]);
  if ("folder" in source) return complaints;
  complaints.push(...checkMode(source.mode, at));
  if ("address" in source) complaints.push(...checkFetched(at, source));
  const isFolder = "address" in source && source.unpack !== undefined && source.unpack !== false;
  if (path === "." && !isFolder) complaints.push([at, "a file cannot be the folder itself", "Give the file a name"]);
  return complaints;
}

function checkFetched(at: readonly string[], source: Extract<OwnSource, { address: string }>): Complaint[] {
  const { address, mirrors = [], mode, unpack = false } = source;
  const complaints = [...mirrors, address].flatMap((one): Complaint[] => {
    if (/^(?:https?|file):\/\/./.test(one)) return [];
    return [[[...at, "address"], `"${one}" is no address`, "Write one that begins with https://, http:// or file://"]];
  });
  const strip = typeof unpack === "boolean" ? 0 : unpack.strip;
  if (!Number.isInteger(strip) || strip < 0)
    complaints.push([[...at, "unpack"], `${strip} is no number of parts`, "Write how many are taken off: strip: 1"]);
  if (unpack !== false && mode !== undefined)
    complaints.push([[...at, "mode"], "what is unpacked has modes of its own", "Leave the mode out"]);
  return complaints;
}

/** What is within another source would change that one. */
function checkNesting(paths: readonly string[]): Complaint[] {
  return paths.flatMap((path): Complaint[] => {
    const outer = paths.find((other) => path.startsWith(`${other}/`));
    if (outer === undefined) return [];
    return [[["sources", path], `its source "${path}" is within the source "${outer}"`, "Give it a path beside"]];
  });
}

/** Those that every build has. */
const fixed = new Set(["HOME", "PATH", "TMPDIR", "out", "PWD"]);

function checkVariables({ build }: OwnPackage): Complaint[] {
  return Object.keys(build?.environment ?? {}).flatMap((name): Complaint[] => {
    const at = ["build", "environment", name];
    if (!/^[A-Za-z_]\w*$/.test(name)) return [[at, `"${name}" is no name of a variable`, "Use letters, digits and _"]];
    return fixed.has(name) ? [[at, `"${name}" is set by the build`, "Set it in the script"]] : [];
  });
}

function checkInstall(path: string, install: OwnInstall): Complaint[] {
  const at = ["install", path];
  const complaints = checkPath(path, at);
  const top = /^(?:bin|sbin|lib\w*)(?=\/|$)/.exec(path)?.[0];
  if (top !== undefined) complaints.push([at, `/${top} is a link to /usr/${top}`, `Install it as "usr/${path}"`]);
  if (/^DEBIAN(?:\/|$)/.test(path))
    complaints.push([at, "it would be taken for a script of the package", "Choose another path"]);
  if (typeof install === "string") return [...complaints, ...(install === "." ? [] : checkPath(install, at))];
  if ("link" in install)
    return /^[^\0\n]+$/.test(install.link)
      ? complaints
      : [...complaints, [at, "its link leads nowhere", "Say where it leads"]];
  const { from, mode } = install;
  return [...complaints, ...(from === "." ? [] : checkPath(from, at)), ...checkMode(mode, at)];
}

function checkPath(path: string, at: readonly string[]): Complaint[] {
  const isGood = path.split("/").every((part) => /^[^\0\n]+$/.test(part) && part !== "." && part !== "..");
  return isGood ? [] : [[at, `"${path}" is no path below a folder`, 'Write one without "..", as "usr/bin/tool"']];
}

function checkMode(mode: string | undefined, at: readonly string[]): Complaint[] {
  if (mode === undefined || /^[0-7]{4}$/.test(mode)) return [];
  return [[[...at, "mode"], `"${mode}" is no mode`, 'Write four octal digits: "0755"']];
}
