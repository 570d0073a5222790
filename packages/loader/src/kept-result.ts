import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Bundle } from "./bundle.ts";
import { checkFreshness, type Input } from "./input-file.ts";
import { bundleFile, type BundleKey } from "./stored-bundle.ts";

/** What a result was computed by: results of another are not used. */
export type Stamp = string;

interface Header {
  readonly stamp: Stamp;
  readonly key: BundleKey;
  readonly inputs: readonly Input[];
  /** Length of the text that follows, so that one cut short is noticed. */
  readonly length: number;
}

// A result is text that follows from the code of hosts alone, which holds since
// evaluation is pure. A line with the header, then the text.

/** Finds the text kept for hosts, if nothing that they are made of has changed since. */
export async function readKept(key: BundleKey, cacheDirectory: string, stamp: Stamp): Promise<string | undefined> {
  try {
    const content = readFileSync(resultFile(key, cacheDirectory), "utf8");
    const end = content.indexOf("\n");
    const header = JSON.parse(content.slice(0, end)) as Header; // This module wrote it.
    const isSame = header.stamp === stamp && JSON.stringify(header.key) === JSON.stringify(key);
    if (!isSame || content.length - end - 1 !== header.length) return undefined;
    return (await checkFreshness(header.inputs)).fresh ? content.slice(end + 1) : undefined;
  } catch {
    return undefined; // What cannot be read is not there.
  }
}

/** Keeps a text for the hosts of a bundle; where it cannot be written, nothing is kept. */
export function writeKept(
  { inputs, isSettled }: Bundle,
  { key, cacheDirectory, stamp }: { key: BundleKey; cacheDirectory: string; stamp: Stamp },
  text: string,
): void {
  if (!isSettled) return;
  const file = resultFile(key, cacheDirectory);
  const beside = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(beside, `${JSON.stringify({ stamp, key, inputs, length: text.length } satisfies Header)}\n${text}`, {
      mode: 0o600,
    });
    renameSync(beside, file);
  } catch {
    // The next command computes it again.
  }
}

function resultFile(key: BundleKey, cacheDirectory: string): string {
  return bundleFile(cacheDirectory, key).replace(/\.bundle$/, ".result");
}
