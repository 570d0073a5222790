/** Characters that HFS+ leaves out when it compares names. */
const ignoredByHfs = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/**
 * Says why an entry of a tree must not have a name, as the end of a sentence;
 * undefined when it may. Names that some file system takes for ".git" count as
 * that, whatever file system is here: the lock is for every machine.
 */
export function problemOfEntryName(name: string): string | undefined {
  if (name === "") return "it is empty";
  if (name.includes("/") || name.includes("\0")) return 'it has "/" or a zero byte';
  if (name === "." || name === "..") return "it leads to another folder";
  if (isGitFolder(name)) return 'some file systems take it for ".git"';
  return Buffer.byteLength(name) > 255 ? "it is longer than 255 bytes" : undefined;
}

/** NTFS ignores dots and spaces at the end and what follows a colon, and knows ".git" as "git~1" too. */
function isGitFolder(name: string): boolean {
  const plain = name
    .replaceAll(ignoredByHfs, "")
    .toLowerCase()
    .split(/[:\\]/)[0]
    ?.replace(/[. ]+$/, "");
  return plain === ".git" || plain === "git~1";
}
