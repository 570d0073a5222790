import { DiagnosticError } from "@firn/diagnostic";
import type { InputLimits } from "@firn/input";
import { inputProblem } from "./git-failure.ts";

const mebibyte = 1024 * 1024;

/** What the entry of one folder may take in the object of its tree; no honest one comes near. */
const mostTreeObjectBytes = 32 * mebibyte;

/** Submodules of an input, those of submodules among them. */
const mostSubmodules = 200;

/** Counts what an input holds while it is looked over, and refuses it as soon as it holds too much. */
export class TreeBudget {
  readonly #limits: InputLimits;
  /** The end of "Cannot …", for messages. */
  readonly task: string;
  #files = 0;
  #entries = 0;
  #bytes = 0;
  #submodules = 0;

  constructor(limits: InputLimits, task: string) {
    this.#limits = limits;
    this.task = task;
  }

  /** Counts entries of any kind. Folders count too, as many as files may be: they cost as much to read. */
  addEntries(count: number): void {
    this.#entries += count;
    const most = 2 * this.#limits.files;
    if (this.#entries > most) this.#refuse(`It has more than ${most} files and folders`);
  }

  /** Counts a file of so many bytes. */
  addFile(path: string, size: number): void {
    this.#files += 1;
    this.#bytes += size;
    const { files, fileBytes, treeBytes } = this.#limits;
    if (this.#files > files) this.#refuse(`It has more than ${files} files`);
    if (size > fileBytes) this.#refuse(`The file "${path}" has ${size} bytes; ${fileBytes} are allowed`);
    if (this.#bytes > treeBytes) this.#refuse(`Its files have more than ${treeBytes} bytes together`);
  }

  /** Counts a submodule: each is a download, and a process until the input is read. */
  addSubmodule(): void {
    this.#submodules += 1;
    if (this.#submodules > mostSubmodules) this.#refuse(`It has more than ${mostSubmodules} submodules`);
  }

  /** Refuses the object of a tree that is too large to be read at once. */
  checkTreeObject(path: string, size: number): void {
    if (size > mostTreeObjectBytes) this.#refuse(`The list of the folder "${path}" has ${size} bytes`);
  }

  /** Refuses a flake.yaml or lockfile.json that is larger than such a file may be. */
  checkText(name: string, { size, limit }: { size: number; limit: "flakeFileBytes" | "lockFileBytes" }): void {
    const most = this.#limits[limit];
    if (size > most) this.#refuse(`The file "${name}" has ${size} bytes; ${most} are allowed`);
  }

  /** Refuses the input for what is in it. */
  refuseTree(why: string): never {
    const fix = "Lock another version of it, or ask its maintainers for one without that";
    throw new DiagnosticError([inputProblem("bad-input-tree", this.task, { why: [why], fix })]);
  }

  #refuse(why: string): never {
    const fix = "Lock another version of it, or ask its maintainers for one that is smaller";
    throw new DiagnosticError([inputProblem("input-too-large", this.task, { why: [why], fix })]);
  }
}
