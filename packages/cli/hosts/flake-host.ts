import { type CommandResult, type HostOptions, startHost, type TestHost } from "@firn/test-host";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const workspace = join(import.meta.dirname, "../../..");

/** Where the flake is on the host at first. */
const firstPlace = "/root/flake";

/** Milliseconds that the command may take, also for packages of Debian while other tests run. */
const patience = 300_000;

/** What the command said and how it ended. */
export interface Said {
  readonly status: number;
  readonly text: string;
}

/** A booted machine with a copy of this repository's flake, and the command. */
export class FlakeHost {
  readonly host: TestHost;
  #flake = firstPlace;
  #user = "root";

  private constructor(host: TestHost) {
    this.host = host;
  }

  /** Boots a machine; nothing of Firn is installed on it, and its own Node.js and Firn are those of this machine. */
  static async start(options: HostOptions): Promise<FlakeHost> {
    const host = await startHost({
      ...options,
      bind: [
        ...(options.bind ?? []),
        { from: workspace, to: workspace },
        { from: process.execPath, to: "/usr/local/bin/node" },
      ],
    });
    const copied = ["flake.yaml", "lockfile.json", "pnpm-workspace.yaml", "hosts", "modules"];
    const lines = [
      `mkdir ${firstPlace}`,
      `cd ${workspace}`,
      `cp -a ${copied.join(" ")} ${firstPlace}`,
      `ln -s ${workspace}/node_modules ${firstPlace}/node_modules`,
    ];
    await host.succeed(["sh", "-ec", lines.join("\n")]);
    return new FlakeHost(host);
  }

  /** Words that call the command. */
  commandLine(...args: readonly string[]): string[] {
    return ["node", join(workspace, "packages/cli/dist/firn.cjs"), ...args];
  }

  /** Words that run others on the host as root and in the flake, from this machine: for what watches their system calls. */
  enter(environment: Readonly<Record<string, string>>): string[] {
    const spaces = ["mount", "uts", "ipc", "net", "pid", "cgroup"].map((name) => `--${name}`);
    const own = { PATH: "/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", HOME: "/root", ...environment };
    const variables = Object.entries(own).map(([name, value]) => `${name}=${value}`);
    const inFlake = ["sh", "-c", 'cd "$1" && shift && exec "$@"', "sh", this.#flake];
    return ["nsenter", `--target=${this.host.leader}`, ...spaces, "--", "env", "-i", ...variables, ...inFlake];
  }

  /** Runs the command in the flake; its status is for the caller to judge. */
  async firn(...args: readonly string[]): Promise<Said> {
    const { status, stderr, stdout }: CommandResult = await this.host.run(this.commandLine(...args), {
      directory: this.#flake,
      user: this.#user,
      timeout: patience,
    });
    return { status, text: stdout + stderr };
  }

  /** Runs the command, which has to end with 0, and gives what it said. @throws Error with all of it otherwise */
  async succeed(...args: readonly string[]): Promise<string> {
    const { status, text } = await this.firn(...args);
    if (status !== 0) throw new Error(`firn ${args.join(" ")} ended with ${status}:\n${text}`);
    return text;
  }

  /** Writes a file of the flake as an edit of the one in this repository. */
  async edit(path: string, ...changes: readonly (readonly [from: string | RegExp, to: string])[]): Promise<void> {
    let text = readFileSync(join(workspace, path), "utf8");
    for (const [from, to] of changes) {
      const edited = text.replace(from, to);
      if (edited === text) throw new Error(`${path} has no ${from}`);
      text = edited;
    }
    await this.host.writeFile(join(this.#flake, path), text);
  }

  /** Moves the flake to somebody who runs the command from now on. */
  async moveTo(folder: string, user: string): Promise<void> {
    await this.host.succeed(["sh", "-ec", 'mv "$1" "$2" && chown -R "$3" "$2"', "sh", this.#flake, folder, user]);
    this.#flake = folder;
    this.#user = user;
  }

  /** Writes a file of the flake. */
  async write(path: string, text: string): Promise<void> {
    await this.host.writeFile(join(this.#flake, path), text);
  }

  /** Fetches a page from a web server of the host, as seen on the host. */
  async fetch(name: string, port = 80): Promise<string> {
    const script = `require("http").get({ host: "127.0.0.1", port: ${port}, headers: { Host: "${name}" } }, (response) => response.pipe(process.stdout))`;
    return this.host.succeed(["node", "-e", script]);
  }
}
