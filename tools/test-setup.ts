import { rmSync } from "node:fs";
import { join } from "node:path";
import { bundle, firnCommand, root } from "./bundle.mjs";

/** Bundles the firn command before the first test, so that tests which start it see the sources as they are. */
export default async function setup(): Promise<void> {
  try {
    await bundle(firnCommand);
  } catch (error) {
    // Only tests that start the command need it; those must not see an earlier one.
    rmSync(join(root, firnCommand.out), { force: true });
    console.error(`Cannot bundle the firn command, so that tests which start it will fail: ${String(error)}`);
  }
}
