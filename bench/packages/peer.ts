import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Program } from "../evaluate/measure.ts";
import { archives, type DebianCopy } from "./archive.ts";

/** apt with a configuration, lists and a cache of its own, on a machine without packages. */
export class Peer {
  readonly #folder: string;

  constructor(folder: string, address: string, { keyring }: DebianCopy) {
    this.#folder = folder;
    const lines = archives.flatMap(({ name, suites }) =>
      suites.map((suite) => `deb [signed-by=${keyring}] ${address}/${name} ${suite} main\n`),
    );
    const configuration = [
      `Dir "${folder}";`,
      'Dir::State "state";',
      'Dir::State::status "../status";',
      'Dir::Cache "cache";',
      'Dir::Etc "etc";',
      'Dir::Etc::main "/dev/null";',
      'Dir::Etc::parts "/dev/null";',
      'Dir::Etc::sourceparts "/dev/null";',
      'Dir::Etc::preferencesparts "/dev/null";',
      'Dir::Log "log";',
      'APT::Architecture "amd64";',
      'APT::Architectures { "amd64"; };',
      'APT::Install-Recommends "false";',
      'APT::Sandbox::User "root";',
      'Acquire::Languages "none";',
      'Acquire::ForceHash "SHA256";',
      'Debug::NoLocking "true";',
    ];
    mkdirSync(join(folder, "etc"), { recursive: true });
    writeFileSync(join(folder, "apt.conf"), `${configuration.join("\n")}\n`);
    writeFileSync(join(folder, "etc/sources.list"), lines.join(""));
    writeFileSync(join(folder, "status"), "");
    this.forgetLists();
  }

  /** Removes lists, and what was made of them. */
  forgetLists(): void {
    for (const name of ["state", "cache"]) rmSync(join(this.#folder, name), { recursive: true, force: true });
    mkdirSync(join(this.#folder, "state/lists/partial"), { recursive: true });
    this.forgetFiles();
  }

  /** Removes files of packages. */
  forgetFiles(): void {
    const archivesFolder = join(this.#folder, "cache/archives");
    rmSync(archivesFolder, { recursive: true, force: true });
    mkdirSync(join(archivesFolder, "partial"), { recursive: true });
  }

  /** Gives a run of `apt-get` with words for each command, one after another. */
  run(name: string, ...commands: readonly (readonly string[])[]): Program {
    const script = commands.map((words) => `apt-get -q -y ${words.join(" ")}`).join(" && ");
    return {
      name,
      command: ["sh", "-c", script],
      cwd: this.#folder,
      environment: { APT_CONFIG: join(this.#folder, "apt.conf"), LC_ALL: "C", DEBIAN_FRONTEND: "noninteractive" },
      output: join(this.#folder, "said"),
    };
  }
}

/** Words for apt-get that have it say what it would fetch. */
export function printWords(names: readonly string[]): readonly string[] {
  return ["install", "--print-uris", ...names];
}
