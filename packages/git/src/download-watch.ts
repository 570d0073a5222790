import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { GitCommand } from "./run-git.ts";

/**
 * Watches what a fetch writes, since git itself bounds no download: stops it
 * when the repository has grown by more than so many bytes.
 *
 * @param interval milliseconds between looks
 */
export function watchDownload(repository: string, mostBytes: number, interval = 100): NonNullable<GitCommand["watch"]> {
  return (stop) => {
    let isEnded = false;
    let before: number | undefined;
    const look = async (): Promise<void> => {
      const size = await folderSize(join(repository, "objects", "pack"));
      before ??= size;
      if (isEnded) return;
      if (size - before > mostBytes) stop("download-too-large");
      else timer = setTimeout(() => void look(), interval);
    };
    let timer: NodeJS.Timeout | undefined;
    void look();
    return () => {
      isEnded = true;
      clearTimeout(timer);
    };
  };
}

async function folderSize(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const sizes = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
