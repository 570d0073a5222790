import { join, sep } from "node:path";
import type { InputPath } from "@firn/input";

/** Where the inputs of a flake are, relative to its folder. */
export const inputsFolderName: string = join(".firn", "inputs");

/** The input whose copy has a file. */
export interface InputOfFile {
  /** The path that the copy is named after; inputs with the same files share one. */
  readonly path: InputPath;
  /** Absolute folder of the copy. */
  readonly folder: string;
}

/** Finds the input whose copy has a file; undefined for the files of the flake itself. Reads nothing. */
export function findInputOfFile(root: string, file: string): InputOfFile | undefined {
  const inputsFolder = join(root, inputsFolderName);
  if (!file.startsWith(inputsFolder + sep)) return undefined;
  const [name = ""] = file.slice(inputsFolder.length + 1).split(sep);
  const [path = ""] = name.split("@");
  return { path: path.replaceAll("+", "/"), folder: join(inputsFolder, name) };
}
