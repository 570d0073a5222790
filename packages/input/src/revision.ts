/** Tells whether a text is the whole id of an object of git, SHA-1 or SHA-256. */
export function isObjectId(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}

/**
 * Says what is wrong with the name of a branch or tag, as the end of a sentence;
 * undefined when nothing is.
 *
 * @see https://git-scm.com/docs/git-check-ref-format
 */
export function problemOfRefName(name: string): string | undefined {
  if (name === "") return "it is empty";
  if (name === "@") return 'it is "@", which git reads as HEAD';
  if (name.startsWith("-")) return 'it starts with "-", which git would take for an option';
  // Within a name it is harmless, and tags of versions with build metadata have it.
  if (name.startsWith("+")) return 'it starts with "+", by which git overwrites';
  // oxlint-disable-next-line no-control-regex -- That is what is refused.
  const forbidden = /[\u0000-\u0020\u007f~^:?*[\\]/.exec(name);
  if (forbidden !== null) return `it has ${JSON.stringify(forbidden[0])}`;
  if (name.includes("..") || name.includes("@{") || name.includes("//")) return 'it has "..", "@{" or "//"';
  if (name.split("/").some((part) => part.startsWith(".") || part.endsWith(".lock"))) {
    return 'a part of it starts with "." or ends with ".lock"';
  }
  return /^\/|[/.]$/.test(name) ? 'it starts or ends with "/", or ends with "."' : undefined;
}
