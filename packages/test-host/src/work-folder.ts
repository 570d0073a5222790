import { lstatSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { testHostProblem } from "./test-host-problem.ts";

/** Where bases are extracted and hosts have their disks: on the disk, since hosts together can be larger than memory. */
export const workFolder = "/var/tmp/firn-test-hosts";

/** Makes the work folder, or a folder in it, and returns its path. */
export function makeWorkFolder(...names: readonly string[]): string {
  mkdirSync(workFolder, { recursive: true, mode: 0o700 });
  const { uid, mode } = lstatSync(workFolder);
  // Everybody may write in /var/tmp: what somebody else put there first would be run as root.
  if (uid !== process.getuid?.() || (mode & 0o170077) !== 0o040000) {
    throw testHostProblem(`Cannot use "${workFolder}" for test hosts`, {
      why: ["It is not a folder that root alone may use"],
      fix: `rm -rf ${workFolder}`,
    });
  }
  const folder = join(workFolder, ...names);
  mkdirSync(folder, { recursive: true });
  return folder;
}
