import { isObjectId, problemOfRefName, type RemoteRefs, type RemoteTag } from "@firn/input";

/** Refs, or what is wrong with the answer as a sentence. */
export type ParsedRefs = { readonly value: RemoteRefs } | { readonly value?: never; readonly problem: string };

/**
 * Parses what `git ls-remote` prints. Refs whose names nobody may ask for are
 * left out; a line of any other form makes the whole answer void.
 */
export function parseRemoteRefs(text: string): ParsedRefs {
  const branches = new Map<string, string>();
  const tags = new Map<string, RemoteTag>();
  let head: string | undefined;
  for (const line of text.split("\n").filter((one) => one !== "")) {
    const [id = "", name, ...others] = line.split("\t");
    if (!isObjectId(id) || name === undefined || others.length > 0) {
      return { problem: `The server answered ${JSON.stringify(line.slice(0, 200))}, which is not a commit and a name` };
    }
    if (name === "HEAD") head = id;
    const branch = shortName(name, "refs/heads/");
    if (branch !== undefined) branches.set(branch, id);
    const tag = shortName(name.replace(peeled, ""), "refs/tags/");
    if (tag !== undefined) addTag(tags, tag, { id, isPeeled: peeled.test(name) });
  }
  return { value: { ...(head !== undefined && { head }), branches, tags } };
}

/** Stands after the name of an annotated tag on its second line, that of the commit to which it leads. */
const peeled = /\^\{\}$/;

function shortName(name: string, prefix: string): string | undefined {
  if (!name.startsWith(prefix)) return undefined;
  const short = name.slice(prefix.length);
  return problemOfRefName(short) === undefined ? short : undefined;
}

function addTag(tags: Map<string, RemoteTag>, name: string, { id, isPeeled }: { id: string; isPeeled: boolean }): void {
  const tagObject = isPeeled ? tags.get(name)?.commit : undefined;
  tags.set(name, { commit: id, ...(tagObject !== undefined && { tagObject }) });
}
