import type { Diagnostic } from "@firn/diagnostic";
import { checkOwnPackage, type OwnInstall, type OwnPackage, type OwnSource } from "@firn/own-package";
import { parsePackageRequest } from "@firn/package-manager";
import * as z from "zod";
import type { ContentReader } from "./content-reader.ts";
import { ManifestReading, type Member } from "./manifest-reading.ts";

/** Packages that a configuration makes itself. */
export interface ReadOwnPackages {
  readonly own: readonly OwnPackage[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Path of the option with the packages that a host makes itself. */
export const ownPackagesPath: readonly string[] = ["packages", "own"];

const texts = z.array(z.string()).default([]);
const maybeText = z.string().nullable().default(null);
const source = z.object({
  address: maybeText,
  mirrors: texts,
  sha256: maybeText,
  unpack: z.boolean().default(false),
  strip: z.number().default(0),
  text: maybeText,
  path: maybeText,
  mode: maybeText,
});
const installed = z.object({ from: maybeText, link: maybeText, mode: maybeText });
const described = z.object({
  enable: z.boolean().default(true),
  version: z.string(),
  summary: z.string().default("A package of this flake"),
  architecture: maybeText,
  depends: texts,
  provides: texts,
  conflicts: texts,
  replaces: texts,
  sources: z.record(z.string(), source).default({}),
  build: z
    .object({ script: z.string(), tools: texts, environment: z.record(z.string(), z.string()).default({}) })
    .nullable()
    .default(null),
  install: z.record(z.string(), installed).default({}),
});

type Described = z.output<typeof described>;

/** Reads the packages that a configuration makes itself. Problems: `bad-manifest`. */
export function readOwnPackages(configuration: unknown, contents: ContentReader): ReadOwnPackages {
  const reading = new ManifestReading(configuration, contents);
  const members = reading.members(ownPackagesPath, described).filter(({ value }) => value.enable);
  const own = members.flatMap((member) => readOwn(reading, member));
  return { own: reading.diagnostics.length > 0 ? [] : own, diagnostics: reading.diagnostics };
}

function readOwn(reading: ManifestReading, { name, option, value }: Member<Described>): OwnPackage[] {
  const { architecture, build, conflicts, depends, provides, replaces, summary, version } = value;
  const own: OwnPackage = {
    name,
    version,
    summary,
    ...(architecture !== null && { architecture }),
    depends,
    provides,
    conflicts,
    replaces,
    sources: readSources(reading, option, value),
    ...(build !== null && { build: { ...build, tools: readTools(reading, option, build.tools) } }),
    install: readInstalled(reading, option, value),
  };
  for (const { fix, message, optionPath = [] } of checkOwnPackage(own)) {
    const problem = message.replace(/^.*?": /, "");
    reading.refuse([...option, ...optionPath], { problem, ...(fix !== undefined && { fix }) });
  }
  return [own];
}

function readSources(
  reading: ManifestReading,
  option: readonly string[],
  { sources }: Described,
): { readonly [path: string]: OwnSource } {
  const read = Object.entries(sources).flatMap(([path, each]) => {
    const found = readSource(reading, [...option, "sources", path], each);
    return found === undefined ? [] : [[path, found] as const];
  });
  return Object.fromEntries(read);
}

function readSource(
  reading: ManifestReading,
  option: readonly string[],
  { address, mirrors, mode, path, sha256, strip, text, unpack }: z.output<typeof source>,
): OwnSource | undefined {
  const refuse = (problem: string, fix?: string): undefined => {
    reading.refuse(option, { problem, ...(fix !== undefined && { fix }) });
  };
  const withMode = mode !== null && { mode };
  if ([address, path, text].filter((each) => each !== null).length !== 1)
    return refuse("a source has one of address, path and text", 'Write one of them: text: "…"');
  if (text !== null) return { text, ...withMode };
  if (path !== null) {
    const found = reading.contents.readFolder(path);
    return typeof found === "string" ? refuse(`its path "${path}" cannot be read: ${found}`) : found;
  }
  if (sha256 === null)
    return refuse(
      "what is fetched has a sha256",
      `Write sha256: "${"0".repeat(64)}"; the message that follows says which it is`,
    );
  const unpacked = unpack && { unpack: { strip } };
  return { address: address ?? "", mirrors, sha256, ...unpacked, ...withMode };
}

function readTools(
  reading: ManifestReading,
  option: readonly string[],
  tools: readonly string[],
): NonNullable<OwnPackage["build"]>["tools"] {
  return tools.flatMap((text) => {
    const request = parsePackageRequest(text);
    if (request !== undefined) return [request];
    return reading.refuse([...option, "build", "tools"], { problem: `"${text}" names no package` });
  });
}

function readInstalled(
  reading: ManifestReading,
  option: readonly string[],
  { install }: Described,
): { readonly [path: string]: OwnInstall } {
  const read = Object.entries(install).flatMap(([path, { from, link, mode }]): (readonly [string, OwnInstall])[] => {
    if (link !== null && from === null && mode === null) return [[path, { link }]];
    if (from !== null && link === null) return [[path, { from, ...(mode !== null && { mode }) }]];
    return reading.refuse([...option, "install", path], {
      problem: "what is installed is from a file, or it is a link",
      fix: 'Write the name of a file: "tool"; or a link: { link: "tool" }',
    });
  });
  return Object.fromEntries(read);
}
