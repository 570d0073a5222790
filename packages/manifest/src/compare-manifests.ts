import type { ContentHash, ManagedFile, ManagedHome, ManagedTree, Manifest } from "./manifest.ts";

/** A thing that one of two manifests has, or both in different ways. */
export interface ManifestChange {
  readonly kind: "add" | "change" | "remove";
  /** As in a `ManifestEntry`: "file /etc/motd", "home-file ada .config/x", "user ada". */
  readonly key: string;
  /** Names of what is different about it, such as "mode", sorted; the content is not among them. */
  readonly fields: readonly string[];
  /** What was and what is in it, where it is a file and they are different. */
  readonly content?: { readonly before?: ContentHash; readonly after?: ContentHash };
  /** Whether not everyone may read the file. */
  readonly isPrivate: boolean;
}

/** Compares two manifests, of one host or of two; sorted by key. */
export function compareManifests(before: Manifest, after: Manifest): ManifestChange[] {
  const [was, is] = [flatten(before), flatten(after)];
  const keys = [...new Set([...was.keys(), ...is.keys()])].toSorted();
  return keys.flatMap((key) => compareThings(key, was.get(key), is.get(key)) ?? []);
}

type Thing = { readonly [field: string]: unknown };

function compareThings(key: string, before: Thing | undefined, after: Thing | undefined): ManifestChange | undefined {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].toSorted();
  const fields = names.filter((name) => JSON.stringify(before?.[name]) !== JSON.stringify(after?.[name]));
  if (fields.length === 0) return undefined;
  const [was, is] = [contentOf(before), contentOf(after)];
  return {
    kind: before === undefined ? "add" : after === undefined ? "remove" : "change",
    key,
    fields: before === undefined || after === undefined ? [] : fields.filter((name) => name !== "content"),
    ...(was !== is && {
      content: { ...(was !== undefined && { before: was }), ...(is !== undefined && { after: is }) },
    }),
    isPrivate: [before, after].some(isPrivateFile),
  };
}

function contentOf(thing: Thing | undefined): ContentHash | undefined {
  const content = thing?.["content"];
  return typeof content === "string" ? content : undefined;
}

function isPrivateFile(thing: Thing | undefined): boolean {
  const mode = thing?.["mode"];
  return typeof mode === "string" && (Number.parseInt(mode, 8) & 0o004) === 0;
}

function flatten(manifest: Manifest): Map<string, Thing> {
  const { checks, directories, files, groups, homes, hooks, packages, trees = {}, users } = manifest;
  return new Map([
    ...named("file", files),
    ...named("directory", directories),
    ...named("user", users),
    ...named("group", groups),
    ...named("package", withoutFiles(packages?.set)),
    ...Object.entries(trees).flatMap(([owner, tree]) => named(`package ${owner}`, withoutFiles(tree.packages))),
    ...named("hook", hooks),
    ...named("check", { ...checks.before, ...checks.after }),
    ...Object.entries(homes).flatMap(([user, home]) => flattenHome(user, home)),
  ]);
}

/** The file of a package is nothing to read. */
function withoutFiles(packages: ManagedTree["packages"] = {}): { readonly [name: string]: object } {
  return Object.fromEntries(
    Object.entries(packages).map(([name, { architecture, isAsked, version }]) => [
      name,
      { architecture, isAsked, version },
    ]),
  );
}

function flattenHome(user: string, { directories, files, hooks }: ManagedHome): [string, Thing][] {
  return [
    ...named(`home-file ${user}`, files),
    ...named(`home-directory ${user}`, directories),
    ...named(`home-hook ${user}`, hooks),
  ];
}

function named(what: string, things: { readonly [name: string]: ManagedFile | object }): [string, Thing][] {
  return Object.entries(things).map(([name, thing]) => [`${what} ${name}`, { ...thing }]);
}
