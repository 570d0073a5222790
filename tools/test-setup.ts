import { existsSync } from "node:fs";
import { join } from "node:path";
import { bundle, root } from "./bundle.mjs";

/** Bundles the firn command before the first test, so that tests which start it see the sources as they are. */
export default async function setup(): Promise<void> {
  const entry = join(root, "packages/cli/src/main.ts");
  if (existsSync(entry)) await bundle({ entry, out: join(root, "packages/cli/dist/firn.mjs") });
}
