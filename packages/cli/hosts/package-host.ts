import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TestArchive } from "@firn/apt/testing";
import { FlakeHost } from "./flake-host.ts";
import { type RawDefinitions, rawHost } from "./raw-host.ts";

/** What a flake needs to know of an archive in a folder. */
export type FolderArchive = Pick<TestArchive, "folder" | "key" | "keyring">;

/** A booted machine, and an archive of packages that its flake locks. */
export class PackageHost<Archive extends FolderArchive = TestArchive> {
  readonly machine: FlakeHost;
  readonly archive: Archive;
  /** Address of the archive that flakes name from now on. @default that of its folder */
  address: string;
  readonly #folder: string;

  private constructor(machine: FlakeHost, archive: Archive, folder: string) {
    this.machine = machine;
    this.archive = archive;
    this.address = `file://${archive.folder}`;
    this.#folder = folder;
  }

  /** Boots a machine that sees an archive of tiny packages as a folder. */
  static start(): Promise<PackageHost> {
    return PackageHost.startWith((folder) => new TestArchive(folder));
  }

  /** The same with another archive, which is made in a folder that is there only as long as the machine. */
  static async startWith<Archive extends FolderArchive>(
    make: (folder: string) => Archive | Promise<Archive>,
  ): Promise<PackageHost<Archive>> {
    const folder = mkdtempSync(join(tmpdir(), "firn-packages-"));
    // Ordinary users of the machine read it, too.
    chmodSync(folder, 0o755);
    const archive = await make(join(folder, "archive"));
    const machine = await FlakeHost.start({ name: "web", bind: [{ from: folder, to: folder }] });
    await machine.host.succeed(["cp", archive.keyring, "/root/flake/keys.gpg"]);
    return new PackageHost(machine, archive, folder);
  }

  /**
   * Makes the host of the flake one that has these packages, in the versions that
   * the archive has now, and locks it; gives what the command said.
   */
  async define(asked: readonly string[], more: RawDefinitions = {}): Promise<string> {
    const wanted = Object.fromEntries(asked.map((name) => [name, {}]));
    const environment = { ...more.environment, packages: wanted };
    await this.machine.write("hosts/web/src/index.ts", rawHost({ ...more, environment }));
    await this.machine.write("flake.yaml", this.#flakeFile());
    return this.machine.succeed("update", "debian");
  }

  #flakeFile(): string {
    const { key } = this.archive;
    return `name: web
inputs:
  debian: { apt: "${this.address}", suites: [stable], keys: [${key.fingerprint}], keyring: keys.gpg }
`;
  }

  /** Lists what is installed: "git 1:2.39 auto", one that is no longer whole with its state. */
  async listPackages(): Promise<string[]> {
    const format = "-f=${binary:Package} ${Version} ${db:Status-Abbrev}\\n";
    const text = await this.machine.host.succeed(["dpkg-query", "-W", format]);
    const auto = new Set((await this.machine.host.succeed(["apt-mark", "showauto"])).split("\n"));
    return text
      .trim()
      .split("\n")
      .map((line) => line.replace(/ ii ?$/, "").trimEnd())
      .filter((line) => !line.endsWith(" rc"))
      .map((line) => (auto.has(line.split(" ")[0] ?? "") ? `${line} auto` : line))
      .toSorted();
  }

  async stop(): Promise<void> {
    await this.machine.host.stop();
    rmSync(this.#folder, { recursive: true });
  }
}
