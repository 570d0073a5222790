import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dpkgTarget } from "@firn/dpkg";
import type { GivenUp, InstalledPackage, PackageChange, PackagePlaces, PackageToInstall } from "@firn/package-manager";
import { startHost, type TestHost } from "@firn/test-host";
import { makeTinyPackage, type TinyPackage } from "./tiny-package.ts";

/** How a script ended. */
export interface Ended {
  readonly status: number;
  readonly text: string;
}

/** Where packages change, and their files are. */
export interface Where {
  /** @default "/debs", which has those that were made */
  readonly files?: string;
  /** @default "/" */
  readonly root?: string;
}

const state = "/var/lib/firn/packages";

/** A booted machine on which packages change, with files of tiny packages that it sees. */
export class PackageHost {
  readonly host: TestHost;
  /** Folder of this machine that has the files. */
  readonly #files: string;

  private constructor(host: TestHost, files: string) {
    this.host = host;
    this.#files = files;
  }

  static async start(): Promise<PackageHost> {
    const files = mkdtempSync(join(tmpdir(), "firn-debs-"));
    const host = await startHost({ name: "web", bind: [{ from: files, to: "/debs" }] });
    return new PackageHost(host, files);
  }

  async stop(): Promise<void> {
    await this.host.stop();
    rmSync(this.#files, { recursive: true, force: true });
  }

  /** Folder of this machine with the files that the host sees at /debs. */
  get files(): string {
    return this.#files;
  }

  /** Makes a tiny package whose file the host sees. */
  make(tiny: TinyPackage): PackageToInstall {
    return makeTinyPackage(this.#files, tiny);
  }

  /** Reads what is installed. */
  async installed(root = "/"): Promise<readonly InstalledPackage[]> {
    const text = await this.host.succeed(["sh", "-c", dpkgTarget.renderQuery(root)]);
    return dpkgTarget.parseInstalled(text) ?? [];
  }

  check(change: Partial<PackageChange>, where?: Where): Promise<Ended> {
    return this.#run(dpkgTarget.renderCheck(full(change), placesOf(where)));
  }

  keep(change: Partial<PackageChange>, known: readonly PackageToInstall[] = [], where?: Where): Promise<Ended> {
    return this.#run(dpkgTarget.renderKeep(full(change), placesOf(where), known));
  }

  change(change: Partial<PackageChange>, where?: Where): Promise<Ended> {
    return this.#run(this.changeLines(change, where));
  }

  giveBack(givenUp: GivenUp, where?: Where): Promise<Ended> {
    return this.#run(this.giveBackLines(givenUp, where));
  }

  giveBackLines(givenUp: GivenUp, where?: Where): readonly string[] {
    return dpkgTarget.renderGiveBack(givenUp, placesOf(where));
  }

  takeBack(where?: Where): Promise<Ended> {
    return this.#run(dpkgTarget.renderTakeBack(placesOf(where)));
  }

  changeLines(change: Partial<PackageChange>, where?: Where): readonly string[] {
    return dpkgTarget.renderChange(full(change), placesOf(where));
  }

  /** Writes a script to the host, and gives the command that runs it. */
  async script(lines: readonly string[]): Promise<string[]> {
    const head = ["umask 022", "LC_ALL=C; export LC_ALL", "set -eu", dpkgTarget.functions];
    await this.host.writeFile("/root/script.sh", `${[...head, ...lines].join("\n")}\n`);
    return ["env", "FIRN_NO_SYNC=1", "sh", "/root/script.sh"];
  }

  /** Runs a line of the shell, and gives what it printed. */
  sh(line: string): Promise<string> {
    return this.host.succeed(["sh", "-c", line]);
  }

  async #run(lines: readonly string[]): Promise<Ended> {
    const { status, stderr, stdout } = await this.host.run(await this.script(lines), { timeout: 600_000 });
    return { status: status ?? -1, text: stdout + stderr };
  }
}

function full(change: Partial<PackageChange>): PackageChange {
  return { install: [], remove: [], mark: [], owned: [], ...change };
}

function placesOf({ files = "/debs", root = "/" }: Where = {}): PackagePlaces {
  return { root, files, state: `${root === "/" ? "" : root}${state}` };
}
