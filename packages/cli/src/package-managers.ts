import { openApt } from "@firn/apt";
import { defaultCacheDirectory } from "@firn/loader";
import type { PackageManager } from "@firn/package-manager";
import { join } from "node:path";
import type { Terminal } from "./terminal.ts";

/** Opens the package managers that sources may name, by name. */
export function openPackageManagers({
  environment,
  showProgress,
}: Terminal): ReadonlyMap<string, Omit<PackageManager, "target">> {
  const progress = (line: string): void => showProgress?.(line);
  return new Map([["apt", openApt({ cache: join(defaultCacheDirectory(), "apt"), environment, progress })]]);
}
