import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Lockfile, parseLock, renderLock } from "@firn/lock";
import { archives, type DebianCopy, key } from "./archive.ts";

const host = `import { defineModule, option, types } from "firn";
import packages from "./packages.json" with { type: "json" };

const any = () => option({ type: types.attrsOf(types.anything), default: {} });

export default defineModule({
  options: { environment: { packages: any() } },
  config: (_, define) => define({ environment: { packages } } as never),
});
`;

/** Writes a flake whose host "bench" asks for packages of the copy. */
export function writeFlake(
  flake: string,
  address: string,
  { copy, names }: { copy: DebianCopy; names: readonly string[] },
): void {
  const inputs = archives.map(
    ({ name, suites }) =>
      `  ${name}: { apt: "${address}/${name}", suites: [${suites.join(", ")}], keys: [${key.fingerprint}], keyring: keys.gpg }\n`,
  );
  const texts: Record<string, string> = {
    "flake.yaml": `name: bench\ninputs:\n${inputs.join("")}`,
    "pnpm-workspace.yaml": "packages:\n  - hosts/*\n",
    "hosts/bench/package.json": '{ "name": "@hosts/bench", "type": "module", "exports": { ".": "./src/index.ts" } }\n',
    "hosts/bench/src/index.ts": host,
    "hosts/bench/src/packages.json": JSON.stringify(Object.fromEntries(names.map((name) => [name, {}]))),
  };
  for (const [path, text] of Object.entries(texts)) write(join(flake, path), text);
  copyFileSync(copy.keyring, join(flake, "keys.gpg"));
  forgetLock(flake);
}

/** Makes the lock of a flake one that has nothing. */
export function forgetLock(flake: string): void {
  write(join(flake, "lockfile.json"), '{\n  "lockfileVersion": 1,\n  "inputs": {}\n}\n');
}

/** Makes the lock of a flake one whose sources are pinned, but no packages. */
export function forgetClosures(flake: string): void {
  write(join(flake, "lockfile.json"), renderLock({ ...readLock(flake), closures: {} }));
}

/** Reads the lock of a flake. @throws Error when it is none */
export function readLock(flake: string): Lockfile {
  const file = join(flake, "lockfile.json");
  const { diagnostics, lock } = parseLock(readFileSync(file, "utf8"), { file });
  if (lock === undefined) throw new Error(JSON.stringify(diagnostics));
  return lock;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
