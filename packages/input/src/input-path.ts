/** Path of an input: names with slashes between them, from the root flake. The root itself is the empty path. */
export type InputPath = string;

/** Tells whether a text can be the name of an input. */
export function isInputName(text: string): boolean {
  return /^[a-zA-Z][\w-]*$/.test(text);
}

/** Appends a name, or a whole path, to a path. */
export function joinInputPath(path: InputPath, below: string): InputPath {
  return [path, below].filter((part) => part !== "").join("/");
}

/** Gives the path of the flake that declares an input. */
export function parentPath(path: InputPath): InputPath {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** Gives the name that an input has where it is declared. */
export function inputName(path: InputPath): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Tells whether a path is another or below it. */
export function isAtOrBelow(path: InputPath, other: InputPath): boolean {
  return other === "" || path === other || path.startsWith(`${other}/`);
}

/** Counts the names in a path. */
export function pathDepth(path: InputPath): number {
  return path === "" ? 0 : path.split("/").length;
}
