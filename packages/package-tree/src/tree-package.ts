/** A package that a tree is made of. */
export interface TreePackage {
  readonly name: string;
  readonly version: string;
  /** In the manager's own words: "amd64". */
  readonly architecture: string;
  /** sha256 of its file, 64 hexadecimal digits. */
  readonly sha256: string;
  /** Its file, a .deb. */
  readonly file: string;
}
