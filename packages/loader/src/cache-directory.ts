import { homedir } from "node:os";
import { isAbsolute, join } from "node:path";

/**
 * Says where bundles are kept: $XDG_CACHE_HOME/firn, or ~/.cache/firn.
 *
 * @see https://specifications.freedesktop.org/basedir-spec/latest/ (relative paths are to be ignored)
 */
export function defaultCacheDirectory(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const home = environment["XDG_CACHE_HOME"] ?? "";
  return isAbsolute(home) ? join(home, "firn") : join(homedir(), ".cache", "firn");
}
