import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { AptContext } from "./apt-context.ts";
import type { ReadySource } from "./ensure-lists.ts";
import type { Release } from "./parse-release.ts";
import { programPath, type ProgramOutput, runProgram } from "./run-program.ts";
import { markUsed } from "./sweep-cache.ts";

/** A source within a world. */
export interface WorldSource extends ReadySource {
  /** What apt knows it by: the host of its address. */
  readonly mark: string;
  /** The release that each suite is of, as far as apt knows; a word "NAME/RELEASE" takes it. */
  readonly marks: ReadonlyMap<string, string>;
}

/**
 * What apt believes to be a machine: without any package, with the lists of
 * some sources, and nothing else. Equal sources share one, with what apt has
 * worked out about them.
 */
export interface AptWorld {
  readonly folder: string;
  readonly sources: readonly WorldSource[];
  readonly context: AptContext;
}

/** Makes a world of sources, in the order in which they are preferred, or finds it in the cache. */
export function openWorld(sources: readonly ReadySource[], architecture: string, context: AptContext): AptWorld {
  const marked = sources.map((source, index) => markSource(source, `source${index}`));
  const files = [...renderWorld(marked, architecture), ...marked.flatMap(renderReleases)];
  const links = marked.flatMap((source) => listLinks(source, context));
  const hash = createHash("sha256")
    .update(JSON.stringify([files, links]))
    .digest("hex");
  const folder = join(context.cache, "worlds", hash.slice(0, 32));
  if (!existsSync(folder)) makeWorld(folder, files, links);
  markUsed(folder);
  return { folder, sources: marked, context };
}

/** Has apt say which files it would fetch, given preferences and words. @returns nothing when there is no apt */
export async function askApt(
  { context, folder }: AptWorld,
  preferences: string,
  words: readonly string[],
): Promise<ProgramOutput | undefined> {
  const file = join(folder, "etc", `preferences.${randomUUID()}`);
  writeFileSync(file, preferences);
  const environment = {
    PATH: programPath(context.environment),
    LC_ALL: "C",
    APT_CONFIG: join(folder, "apt.conf"),
    DEBIAN_FRONTEND: "noninteractive",
  };
  try {
    const args = ["install", "--print-uris", "-q", "-y", "-o", `Dir=${folder}`, "-o", `Dir::Etc::preferences=${file}`];
    return await runProgram("apt-get", { args: [...args, ...words], environment });
  } finally {
    rmSync(file, { force: true });
  }
}

function markSource(source: ReadySource, mark: string): WorldSource {
  const isManual = ({ fields }: Release): boolean => fields.get("NotAutomatic") === "yes";
  const hasUsual = [...source.releases.values()].some((release) => !isManual(release));
  // Whoever names a source that has backports, too, does not ask for those.
  const marks = [...source.releases].map(([suite, release]): [string, string] => [
    suite,
    hasUsual && isManual(release) ? `${mark}-manual` : mark,
  ]);
  return { ...source, mark, marks: new Map(marks) };
}

interface WorldFile {
  /** Below the folder of the world. */
  readonly path: string;
  readonly text: string;
}

interface WorldLink {
  readonly path: string;
  /** Relative to where the link is. */
  readonly target: string;
}

function makeWorld(folder: string, files: readonly WorldFile[], links: readonly WorldLink[]): void {
  const beside = `${folder}.${randomUUID()}.tmp`;
  try {
    for (const below of ["etc", "state/lists/partial", "cache", "dpkg"])
      mkdirSync(join(beside, below), { recursive: true });
    for (const { path, text } of files) writeFileSync(join(beside, path), text);
    for (const { path, target } of links) symlinkSync(target, join(beside, path));
    renameSync(beside, folder);
  } catch (thrown) {
    // Somebody else has made the same.
    if (!existsSync(folder)) throw thrown;
  } finally {
    rmSync(beside, { recursive: true, force: true });
  }
}

/** All that a configuration of the machine could change is said, or switched off. */
function renderWorld(sources: readonly WorldSource[], architecture: string): WorldFile[] {
  const configuration = [
    'Dir::State "state";',
    'Dir::State::lists "lists/";',
    'Dir::State::status "../dpkg/status";',
    'Dir::State::extended_states "extended_states";',
    'Dir::Cache "cache";',
    // What is in the folder of archives would be left out of the answer.
    'Dir::Cache::archives "none/";',
    // It would serve worlds whose packages change; it is as large as the other.
    'Dir::Cache::srcpkgcache "";',
    'Dir::Etc "etc";',
    'Dir::Etc::main "/dev/null";',
    'Dir::Etc::parts "/dev/null";',
    'Dir::Etc::netrc "/dev/null";',
    'Dir::Etc::netrcparts "/dev/null";',
    'Dir::Etc::sourcelist "sources.list";',
    'Dir::Etc::sourceparts "/dev/null";',
    'Dir::Etc::preferencesparts "/dev/null";',
    'Dir::Etc::trusted "/dev/null";',
    'Dir::Etc::trustedparts "/dev/null";',
    'Dir::Log "log";',
    `APT::Architecture "${architecture}";`,
    `APT::Architectures { "${architecture}"; };`,
    'APT::Solver "internal";',
    'APT::Planner "internal";',
    'APT::Install-Recommends "false";',
    'APT::Install-Suggests "false";',
    'APT::Get::Always-Include-Phased-Updates "true";',
    'APT::Machine-ID "00000000000000000000000000000000";',
    'Acquire::Languages "none";',
    'Acquire::ForceHash "SHA256";',
    'Debug::NoLocking "true";',
  ];
  const lines = sources.flatMap(({ lists, mark }) =>
    lists.map(({ component, suite }) => `deb [trusted=yes] http://${mark}/ ${suite} ${component}`),
  );
  return [
    { path: "apt.conf", text: `${configuration.join("\n")}\n` },
    { path: "etc/sources.list", text: `${[...new Set(lines)].join("\n")}\n` },
    { path: "dpkg/status", text: "" },
  ];
}

/** What apt makes of the rest of a Release file is of no use here: packages are preferred by their source. */
function renderReleases({ mark, marks, releases }: WorldSource): WorldFile[] {
  return [...releases].map(([suite, { fields }]) => ({
    path: `state/lists/${listName(mark, suite, "Release")}`,
    text: [
      `Origin: ${mark}`,
      `Label: ${mark}`,
      `Suite: ${marks.get(suite) ?? mark}`,
      `Codename: ${marks.get(suite) ?? mark}`,
      ...renderFields(fields, ["NotAutomatic", "ButAutomaticUpgrades"]),
      "",
    ].join("\n"),
  }));
}

function renderFields(fields: Release["fields"], names: readonly string[]): string[] {
  return names.flatMap((name) => (fields.has(name) ? [`${name}: ${fields.get(name) ?? ""}`] : []));
}

function listLinks({ lists, mark }: WorldSource, { lists: kept }: AptContext): WorldLink[] {
  return lists.map(({ file, pin, suite }) => ({
    path: `state/lists/${listName(mark, suite, file)}`,
    target: join("../../../../lists", kept.fileOf(pin).replace(/.*\//, "")),
  }));
}

/** The name that apt gives to a file that it has fetched. */
function listName(mark: string, suite: string, file: string): string {
  const escaped = `${mark}/dists/${suite}/${file}`.replaceAll(/[\\|{}[\]<>"^~_=!@#$%&*]/g, (character) => {
    return `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
  return escaped.replaceAll("/", "_");
}
