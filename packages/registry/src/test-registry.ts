import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";

/** The registry of Debian, with a folder of its own. */
export class TestRegistry {
  readonly folder: string = mkdtempSync(join(tmpdir(), "firn-registry-"));
  readonly #process: ChildProcess;
  #port = "";

  /** @param passwords lines of htpasswd; missing: everybody may do everything */
  constructor(passwords?: string) {
    if (passwords !== undefined) writeFileSync(join(this.folder, "passwords"), passwords);
    const auth = { htpasswd: { realm: "test", path: join(this.folder, "passwords") } };
    const configuration = {
      version: 0.1,
      storage: { filesystem: { rootdirectory: join(this.folder, "storage") }, delete: { enabled: true } },
      http: { addr: "127.0.0.1:0" },
      ...(passwords !== undefined && { auth }),
    };
    // JSON is YAML.
    writeFileSync(join(this.folder, "config.yml"), JSON.stringify(configuration));
    const env = { PATH: process.env["PATH"], OTEL_TRACES_EXPORTER: "none" };
    // Into a file: a pipe that nobody reads while a test waits for a command would stop it.
    const log = openSync(this.#log, "a");
    const command = ["serve", join(this.folder, "config.yml")];
    this.#process = spawn("docker-registry", command, { env, stdio: ["ignore", "ignore", log] });
    closeSync(log);
  }

  /** Waits until it listens. */
  async start(): Promise<this> {
    while (this.#port === "") {
      const said = readFileSync(this.#log, "utf8");
      this.#port = /listening on 127\.0\.0\.1:(?<port>\d+)/.exec(said)?.groups?.["port"] ?? "";
      if (this.#process.exitCode !== null) throw new Error(`it ended: ${said}`);
      if (this.#port === "") await setTimeout(10);
    }
    return this;
  }

  get #log(): string {
    return join(this.folder, "log");
  }

  /** `host:port`. */
  get host(): string {
    return `127.0.0.1:${this.#port}`;
  }

  /** Path of the file in which it keeps a content. */
  fileOf(sha256: string): string {
    return join(this.folder, "storage/docker/registry/v2/blobs/sha256", sha256.slice(0, 2), sha256, "data");
  }

  /** Tags of a repository. */
  tags(repository: string): string[] {
    try {
      const folder = join(this.folder, "storage/docker/registry/v2/repositories", repository, "_manifests/tags");
      return readdirSync(folder).toSorted();
    } catch {
      return [];
    }
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode === null) {
      const exit = once(this.#process, "exit");
      this.#process.kill();
      await exit;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}
