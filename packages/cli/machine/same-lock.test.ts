import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { inWorld, type World } from "../corpus/world.ts";

const flake = `name: same
inputs:
  debian:
    apt: http://deb.debian.org/debian
    suites: [bookworm, bookworm-updates]
    architectures: [amd64, arm64]
    keys: [B8B80B5B623EAB6AD8775C45B7C5D7D6350947F8]
  next:
    apt: http://deb.debian.org/debian
    suites: [trixie]
    architectures: [amd64]
    keys: [04B54C3CDCA79751B16BC6B5225629DF75B188BD]
    onRequest: true
shells:
  servers: { packages: [nginx, postgresql, git, zsh], architectures: [amd64, arm64] }
  next: { packages: [jq/next, ripgrep], sources: [debian], architectures: [amd64] }
`;

/** Locks with nothing that is known already. */
const script = 'rm lockfile.json; export XDG_CACHE_HOME="$PWD/../other-cache"; exec "$@"';
/** A copy of this Node.js, since /usr/bin is another there. */
const firn = ["../node", join(import.meta.dirname, "../dist/firn.cjs")];

function lockAgain(world: World, folder: string, before: readonly string[]): string {
  const other = join(world.flake, "..", folder);
  cpSync(world.flake, other, { recursive: true });
  const said = world.run([...before, "sh", "-c", script, "sh", ...firn, "lock"], other);
  expect(said).toMatchObject({ status: 0 });
  rmSync(join(other, "../other-cache"), { recursive: true });
  return readFileSync(join(other, "lockfile.json"), "utf8");
}

test(
  "firn lock gives the same lock with apt of this release and of the next, as root and as nobody",
  { timeout: 300_000 },
  () => {
    inWorld((world) => {
      world.write(world.flake, { "flake.yaml": flake, "pnpm-workspace.yaml": "packages: []\n" });
      copyFileSync(process.execPath, join(world.flake, "../node"));
      expect(world.run(["firn", "lock"], world.flake)).toMatchObject({ status: 0 });
      const lock = readFileSync(join(world.flake, "lockfile.json"), "utf8");
      const shell = ["firn", "shell", "apt/next", "gpgv/next", "--"];
      const version = world.run([...shell, "apt-get", "--version"], world.flake).text;
      expect(version).toMatch(/^apt 3\./m);
      const inNext = ["firn", "shell", "apt/next", "gpgv/next", "--"];
      expect(lockAgain(world, "next", inNext)).toBe(lock);
      // Whoever it is needs a folder to write to, and no more.
      const nobody = join(world.flake, "../nobody");
      mkdirSync(nobody);
      copyFileSync(process.execPath, join(nobody, "node"));
      cpSync(world.flake, join(nobody, "flake"), { recursive: true });
      spawnSync("chown", ["-R", "12345:12345", nobody]);
      spawnSync("chmod", ["0755", join(world.flake, "..")]);
      const user = ["setpriv", "--reuid=12345", "--regid=12345", "--clear-groups", "env", `HOME=${nobody}`];
      const said = world.run([...user, "sh", "-c", script, "sh", ...firn, "lock"], join(nobody, "flake"));
      expect(said).toMatchObject({ status: 0 });
      expect(readFileSync(join(nobody, "flake/lockfile.json"), "utf8")).toBe(lock);
    });
  },
);
