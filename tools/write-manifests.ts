import { writeManifests } from "./manifests.ts";

const written = writeManifests(process.cwd());
console.log(
  written.length > 0 ? `Wrote ${written.join(", ")}; now run: pnpm install` : "All manifests are as they should be",
);
