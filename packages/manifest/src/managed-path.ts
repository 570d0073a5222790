/** Folders whose contents last until the next boot at most, or are the kernel's. */
const unmanaged = ["/proc", "/sys", "/dev", "/run"];

/** Where the store and the state of a machine are, and those of a user below the home. */
export const stateFolders = { system: "/var/lib/firn", home: ".local/state/firn" } as const;

/** Says what is wrong with an absolute path that is to be managed, as a sentence without full stop. */
export function checkPath(path: string): string | undefined {
  if (!path.startsWith("/")) return 'An absolute path starts with "/"';
  if (path === "/") return "The root folder itself is not managed";
  const problem = checkParts(path.slice(1));
  if (problem !== undefined) return problem;
  const folder = unmanaged.find((each) => isWithin(path, each));
  if (folder !== undefined) return `What is in ${folder} is gone after the next boot, and is not managed`;
  return isWithin(path, stateFolders.system) ? `${stateFolders.system} is where Firn keeps its own` : undefined;
}

/** Says what is wrong with a path below a home. */
export function checkHomePath(path: string): string | undefined {
  if (path.startsWith("/")) return "A path below a home is relative to it";
  const problem = checkParts(path);
  if (problem !== undefined) return problem;
  return isWithin(path, stateFolders.home) ? `${stateFolders.home} is where Firn keeps its own` : undefined;
}

/** Says what is wrong with the part of a path that is the name of one file. */
export function checkFileName(name: string): string | undefined {
  return name.includes("/") ? "A name has no slash" : checkParts(name);
}

/** Says what is wrong with the text of a symbolic link. */
export function checkLinkTarget(target: string): string | undefined {
  if (target === "") return "A link leads somewhere";
  return checkCharacters(target) ?? checkLength(target);
}

/** Tells whether a path is another one, or below it. */
export function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder}/`);
}

function checkParts(path: string): string | undefined {
  const problem = checkCharacters(path) ?? checkLength(path);
  if (problem !== undefined) return problem;
  for (const part of path.split("/")) {
    if (part === "") return "A path has a name on both sides of each slash";
    if (part === "." || part === "..") return `A path has no part "${part}"`;
    if (bytes(part) > 255) return "A name has 255 bytes at most";
  }
  return undefined;
}

function checkCharacters(path: string): string | undefined {
  // oxlint-disable-next-line no-control-regex -- That is what is refused.
  if (/[\u0000-\u001f\u007f]/.test(path)) return "A path has no control characters, such as newlines";
  return /\p{Surrogate}/u.test(path) ? "A path is whole characters" : undefined;
}

function checkLength(path: string): string | undefined {
  // Linux takes 4095; what Firn puts in front of a path in its store counts as well.
  return bytes(path) > 3500 ? "A path has 3500 bytes at most" : undefined;
}

function bytes(text: string): number {
  // No character takes more than three bytes for each of its UTF-16 units.
  return text.length * 3 <= 255 ? text.length : new TextEncoder().encode(text).length;
}
