import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { bundle, root } from "./bundle.mjs";

/** Bundles the firn command before the first test, so that tests which start it see the sources as they are. */
export default async function setup(): Promise<void> {
  const entry = join(root, "packages/cli/src/main.ts");
  const out = join(root, "packages/cli/dist/firn.mjs");
  if (!existsSync(entry)) return;
  try {
    await bundle({ entry, out });
  } catch (error) {
    // Only tests that start the command need it; those must not see an earlier one.
    rmSync(out, { force: true });
    console.error(`Cannot bundle the firn command, so that tests which start it will fail: ${String(error)}`);
  }
}
