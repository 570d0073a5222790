import { execFile } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

const start = promisify(execFile);

/** How one run of nix ended. */
export type NixOutcome = { readonly problem?: never } | { readonly problem: string };

const settings = (registry: string): string => `experimental-features = nix-command flakes
flake-registry = ${registry}
warn-dirty = false
fsync-metadata = false
substitute = false
`;

/** Whether tests that need nix cannot run. In continuous integration they fail then, so that nobody overlooks it. */
export const lacksNix: boolean =
  process.env["CI"] === undefined &&
  !(process.env["PATH"] ?? "").split(":").some((folder) => existsSync(join(folder, "nix")));

/** The nix command with a home, a cache and a store of its own, and no network. */
export class Nix {
  readonly #environment: Readonly<Record<string, string>>;
  /** Milliseconds that its processes took, to say what share of a run is nix. */
  elapsed = 0;

  constructor(folder: string) {
    const path = (name: string): string => join(folder, name);
    for (const name of ["home", "cache", "store", "state", "log", "conf"]) mkdirSync(path(name), { recursive: true });
    writeFileSync(path("registry.json"), '{"version":2,"flakes":[]}\n');
    writeFileSync(path("conf/nix.conf"), settings(path("registry.json")));
    this.#environment = {
      PATH: process.env["PATH"] ?? "",
      LC_ALL: "C",
      HOME: path("home"),
      XDG_CACHE_HOME: path("cache"),
      NIX_CONF_DIR: path("conf"),
      NIX_STORE_DIR: path("store"),
      NIX_STATE_DIR: path("state"),
      NIX_LOG_DIR: path("log"),
    };
  }

  /** Runs `nix flake COMMAND ./root` in the folder that has root/. */
  async run(folder: string, [command = "lock", ...flags]: readonly string[]): Promise<NixOutcome> {
    const begin = performance.now();
    const words = ["--offline", "flake", command, "./root", ...flags];
    try {
      await start("nix", words, { cwd: folder, env: { ...this.#environment }, timeout: 60_000 });
      return {};
    } catch (error) {
      return { problem: String(error) };
    } finally {
      this.elapsed += performance.now() - begin;
    }
  }
}
