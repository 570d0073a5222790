import type { ContentHash, ManagedFile, Manifest } from "./manifest.ts";

/** A file in the folder of a generation. */
export interface GenerationFile {
  /** Path below the folder: `files/etc/motd`, `homes/ada/.config/x`, `packages/git_1_amd64.deb`. */
  readonly path: string;
  readonly hash: ContentHash;
  readonly isExecutable: boolean;
  /** Whether not everyone may read it. */
  readonly isPrivate: boolean;
}

/** Lists the files of which a generation consists, beside its manifest, trees and profiles. */
export function generationFiles({ files, homes, packages }: Manifest): GenerationFile[] {
  return [
    ...Object.entries(files).flatMap(([path, file]) => generationFile(`files${path}`, file)),
    ...Object.entries(homes).flatMap(([user, home]) =>
      Object.entries(home.files).flatMap(([path, file]) => generationFile(`homes/${user}/${path}`, file)),
    ),
    ...Object.values(packages?.set ?? {}).map(({ content, file }) => ({
      path: `packages/${file}`,
      hash: content,
      isExecutable: false,
      isPrivate: false,
    })),
  ];
}

function generationFile(path: string, file: ManagedFile): GenerationFile[] {
  switch (file.kind) {
    case "profile":
    case "symlink":
      return [];
    case "link":
      return [{ path, hash: file.content, isExecutable: file.executable === true, isPrivate: false }];
    case "file": {
      const mode = Number.parseInt(file.mode, 8);
      return [{ path, hash: file.content, isExecutable: (mode & 0o111) !== 0, isPrivate: (mode & 0o004) === 0 }];
    }
  }
}

/** A link in the folder of a generation. */
export interface GenerationFileLink {
  /** Path below the folder: `trees/HASH`, `profiles/HASH`. */
  readonly path: string;
  /** Path below the store that it leads to: the same. */
  readonly leadsTo: string;
}

/** Lists the links of a generation to its trees and profiles. */
export function generationLinks({ homes, trees = {} }: Manifest): GenerationFileLink[] {
  const profiles = Object.values(homes).flatMap(({ files }) =>
    Object.values(files).flatMap((file) => (file.kind === "profile" ? [`profiles/${file.folder}`] : [])),
  );
  const paths = new Set([...Object.values(trees).map(({ folder }) => `trees/${folder}`), ...profiles]);
  return [...paths].map((path) => ({ path, leadsTo: path }));
}
