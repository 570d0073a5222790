import { appendFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openApt } from "@firn/apt";
import { TestArchive } from "@firn/apt/testing";
import { TestRegistry } from "@firn/registry/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inWorld, type World } from "../corpus/world.ts";

let registry: TestRegistry;
beforeAll(async () => void (registry = await new TestRegistry().start()));
afterAll(() => registry.stop());

const timeout = 60_000;

/** A flake whose host has packages, and whose user has others; its archive is there until it is removed. */
class CachedHost {
  readonly archive: TestArchive;
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
    this.archive = new TestArchive(world.repository("debian"));
    const { base } = openApt({ cache: "/nowhere", environment: {} });
    for (const name of [...base, "git", "jq", "zsh"]) this.archive.add({ name, version: "1" });
    this.archive.publish();
    world.write(world.flake, {
      "pnpm-workspace.yaml": "packages:\n  - hosts/*\n",
      "hosts/web/package.json": '{ "name": "@hosts/web", "type": "module", "exports": { ".": "./index.ts" } }',
    });
    for (const machine of ["one", "other"])
      world.write(join(world.flake, machine), {
        "etc/passwd": "root:x:0:0:root:/root:/bin/sh\nada:x:1000:1000::/home/ada:/bin/sh\n",
        "etc/group": "root:x:0:\nada:x:1000:\n",
      });
  }

  /** What every tree has. */
  get base(): number {
    return openApt({ cache: "/nowhere", environment: {} }).base.length;
  }

  define(packages: readonly string[], ofAda: readonly string[], caches: readonly string[] = []): this {
    const { folder, key, keyring } = this.archive;
    const set = (names: readonly string[]): object => Object.fromEntries(names.map((name) => [name, {}]));
    const definitions = { environment: { packages: set(packages) }, homes: { ada: { packages: set(ofAda) } } };
    const any = "option({ type: types.attrsOf(types.anything), default: {} })";
    this.#world.write(this.#world.flake, {
      "keys.gpg": null,
      "flake.yaml": `name: web
inputs:
  debian: { apt: "file://${folder}", suites: [stable], keys: [${key.fingerprint}], keyring: keys/debian.gpg }
caches: ${JSON.stringify(caches)}
`,
      "hosts/web/index.ts": `import { defineModule, option, types } from "firn";
export default defineModule({
  options: { environment: { packages: ${any} }, homes: ${any} },
  config: (_, define) => define(${JSON.stringify(definitions)} as never),
});
`,
    });
    this.#world.run(["mkdir", "-p", "keys"], this.#world.flake);
    this.#world.run(["cp", keyring, "keys/debian.gpg"], this.#world.flake);
    return this;
  }

  firn(...words: readonly string[]): string {
    const { status, text } = this.#world.run(["firn", ...words], this.#world.flake);
    return `${text}${status === 0 ? "" : `exit ${status}\n`}`;
  }

  removeArchive(): void {
    rmSync(join(this.archive.folder, "pool"), { recursive: true });
  }

  /** The hashes of all files of packages that the lock has. */
  get hashes(): string[] {
    const lock = JSON.parse(readFileSync(join(this.#world.flake, "lockfile.json"), "utf8")) as { packages: object };
    return [...JSON.stringify(lock.packages).matchAll(/[0-9a-f]{64}/g)].map(([hash]) => hash);
  }
}

function withHost(happen: (host: CachedHost) => void): void {
  inWorld((world) => happen(new CachedHost(world)));
}

test("firn cache moves only what is missing, for the machine, its homes and its services", { timeout }, () => {
  withHost((host) => {
    const place = `${registry.host}/firn/moves`;
    host.define(["git"], ["jq"]).firn("lock");
    const all = host.base + 2;
    expect(host.firn("cache", "push", "web", place, "--root", "one")).toContain(`Pushed ${all} of ${all} packages`);
    expect(host.firn("cache", "push", "web", place, "--root", "one")).toContain(`Pushed 0 of ${all} packages`);
    host.define(["git", "zsh"], ["jq"]).firn("lock");
    expect(host.firn("cache", "push", "web", place, "--root", "one")).toContain(`Pushed 1 of ${all + 1} packages`);
    host.removeArchive();
    expect(host.firn("cache", "pull", "web", place, "--root", "other")).toContain(`Pulled ${all + 1} of ${all + 1}`);
    expect(host.firn("cache", "pull", "web", place, "--root", "other")).toContain(`Pulled 0 of ${all + 1}`);
  });
});

test("caches of flake.yaml are asked before any archive, which need not be there", { timeout }, () => {
  withHost((host) => {
    const place = `${registry.host}/firn/first`;
    host.define(["git"], []).firn("lock");
    host.firn("cache", "push", "web", place, "--root", "one");
    host.removeArchive();
    expect(host.firn("build", "web", "--root", "other")).toContain("error[fetch-failed]");
    // One that is not there is no reason to fail.
    host.define(["git"], [], ["127.0.0.1:1/firn/none", place]);
    expect(host.firn("build", "web", "--root", "other")).toMatch(/generations\/[0-9a-f]{32}-web$/m);
  });
});

test("a cache whose content was tampered with is not believed", { timeout }, () => {
  withHost((host) => {
    const place = `${registry.host}/firn/tampered`;
    host.define(["git"], []).firn("lock");
    host.firn("cache", "push", "web", place, "--root", "one");
    const [hash = ""] = host.hashes;
    const file = registry.fileOf(hash);
    const right = readFileSync(file);
    appendFileSync(file, "!");
    host.define(["git"], [], [place]);
    // The archive has the right one.
    expect(host.firn("build", "web", "--root", "other")).toMatch(/generations\/[0-9a-f]{32}-web$/m);
    rmSync(join(host.archive.folder, "../flake/other/var"), { recursive: true });
    host.removeArchive();
    expect(host.firn("build", "web", "--root", "other")).toContain("error[");
    writeFileSync(file, right);
    expect(host.firn("build", "web", "--root", "other")).toMatch(/generations\/[0-9a-f]{32}-web$/m);
  });
});
