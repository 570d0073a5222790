import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** One line of sources.list, in parts. */
export interface PlainSource {
  readonly address: string;
  readonly suites: readonly string[];
  /** File of the keys that sign it. */
  readonly keyring: string;
}

/**
 * Apt as anybody would use it for a machine that has nothing yet: it fetches
 * and checks its lists itself, in a folder, for one architecture.
 */
export class PlainApt {
  readonly #configuration: string;
  readonly #folder: string;

  constructor(folder: string, architecture: string, sources: readonly PlainSource[]) {
    this.#folder = folder;
    this.#configuration = join(folder, "apt.conf");
    for (const name of ["state/lists/partial", "cache/archives/partial", "etc", "dpkg"])
      mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, "dpkg/status"), "");
    writeFileSync(this.#configuration, this.#render(architecture));
    const lines = sources.flatMap(({ address, keyring, suites }) =>
      suites.map((suite) => `deb [signed-by=${keyring}] ${address} ${suite} main\n`),
    );
    writeFileSync(join(folder, "etc/sources.list"), lines.join(""));
  }

  /** Fetches the lists. */
  update(): void {
    execFileSync("apt-get", ["update", "-qq"], { env: this.#environment(), stdio: ["ignore", "ignore", "pipe"] });
  }

  /** What would be fetched for packages, as "FILE HASH", sorted; nothing when apt has no answer. */
  async resolve(names: readonly string[]): Promise<string[] | undefined> {
    const args = [
      "install",
      "--print-uris",
      "-qq",
      "-o",
      "Acquire::ForceHash=SHA256",
      "-o",
      `Dir::Cache::archives=${this.#folder}/none`,
    ];
    const child = spawn("apt-get", [...args, ...names], {
      env: this.#environment(),
      stdio: ["ignore", "pipe", "ignore"],
    });
    const pieces: Buffer[] = [];
    child.stdout.on("data", (piece: Buffer) => pieces.push(piece));
    const status = await new Promise((resolve) => void child.once("close", resolve));
    if (status !== 0) return undefined;
    const lines = Buffer.concat(pieces)
      .toString()
      .split("\n")
      .filter((line) => line.startsWith("'"));
    return lines.map((line) => line.replace(/^'\S+\/(\S+)' \S+ \d+ SHA256:(\w+).*$/, "$1 $2")).toSorted();
  }

  #environment(): Record<string, string> {
    return { PATH: process.env["PATH"] ?? "", LC_ALL: "C", APT_CONFIG: this.#configuration };
  }

  #render(architecture: string): string {
    const folder = this.#folder;
    return [
      `Dir "${folder}"; Dir::State "${folder}/state"; Dir::State::status "${folder}/dpkg/status";`,
      `Dir::Cache "${folder}/cache"; Dir::Etc "${folder}/etc"; Dir::Etc::sourcelist "${folder}/etc/sources.list";`,
      ...["main", "parts", "sourceparts", "preferencesparts", "trusted", "trustedparts"].map(
        (name) => `Dir::Etc::${name} "/dev/null";`,
      ),
      'Dir::Bin::methods "/usr/lib/apt/methods"; Acquire::Languages "none"; Debug::NoLocking "true";',
      `APT::Architecture "${architecture}"; APT::Architectures { "${architecture}"; };`,
      'APT::Install-Recommends "false"; APT::Sandbox::User "";',
      "",
    ].join("\n");
  }
}
