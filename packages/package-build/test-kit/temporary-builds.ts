import { execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Diagnostic } from "@firn/diagnostic";
import { isDiagnosticError } from "@firn/diagnostic";
import type { OwnBuild, OwnPackage, ToolPin } from "@firn/own-package";
import { buildPackage, type BuiltPackage, type PackageToBuild } from "@firn/package-build";
import { openStore, type Store } from "@firn/store";

/** Programs of this machine that scripts of builds have. */
const programs = [
  "bash",
  "cat",
  "chmod",
  "cp",
  "dash",
  "date",
  "env",
  "id",
  "install",
  "ln",
  "ls",
  "mkdir",
  "mkfifo",
  "mv",
  "rm",
  "sh",
  "sleep",
  "stat",
  "touch",
  "uname",
];

/** A folder with a store, a server on this machine, and what is built. */
export class TemporaryBuilds {
  readonly folder: string = mkdtempSync(join(tmpdir(), "firn-build-"));
  readonly store: Store = openStore(join(this.folder, "store"));
  /** Paths that the server was asked for. */
  readonly asked: string[] = [];
  readonly #tree: string;
  readonly #files = new Map<string, Buffer>();
  readonly #server: Server = createServer((request, response) => {
    const { url = "" } = request;
    this.asked.push(url);
    const file = this.#files.get(url);
    response.writeHead(file === undefined ? 404 : 200).end(file);
  });

  /** @param tree of the tools of scripts */
  constructor(tree: string) {
    this.#tree = tree;
  }

  async start(): Promise<this> {
    // Another user reads it, too.
    chmodSync(this.folder, 0o755);
    await new Promise<void>((resolve) => void this.#server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  /** Has the server give a file; what a source of it is. */
  offer(name: string, content: string | Buffer): { readonly address: string; readonly sha256: string } {
    const bytes = Buffer.from(content);
    this.#files.set(`/${name}`, bytes);
    const { port } = this.#server.address() as AddressInfo; // It listens.
    return { address: `http://127.0.0.1:${port}/${name}`, sha256: createHash("sha256").update(bytes).digest("hex") };
  }

  build(own: OwnPackage, more: Partial<PackageToBuild> = {}): Promise<BuiltPackage> {
    const makeTree = (): Promise<string> => Promise.resolve(this.#tree);
    const work = {
      package: own,
      store: this.store,
      folder: join(this.folder, "builds"),
      architecture: "amd64",
      makeTree,
    };
    return buildPackage({ ...work, environment: {}, patience: { idle: 5000, waits: [] }, ...more });
  }

  /** What is said of a package that cannot be built. */
  async problemsOf(own: OwnPackage, more: Partial<PackageToBuild> = {}): Promise<readonly Diagnostic[]> {
    try {
      await this.build(own, more);
    } catch (thrown) {
      if (isDiagnosticError(thrown)) return thrown.diagnostics;
      throw thrown;
    }
    throw new Error(`${own.name} can be built`);
  }

  /** The file of a package that was built. */
  fileOf({ sha256 }: Pick<BuiltPackage, "sha256">): string {
    const file = this.store.findContent(sha256);
    if (file === undefined) throw new Error("The store does not have it");
    return file;
  }

  /** What dpkg-deb lists of a package: "MODE OWNER TIME PATH", without folders. */
  list(built: Pick<BuiltPackage, "sha256">): string[] {
    const text = execFileSync("dpkg-deb", ["-c", this.fileOf(built)], {
      encoding: "utf8",
      env: { ...process.env, TZ: "UTC" },
    });
    const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("d"));
    return lines.map((line) => line.replace(/^(\S+) (\S+) +\d+ (\S+) \S+ \.\//, "$1 $2 $3 ")).toSorted(byPath);
  }

  /** Unpacks a package, and tells where. */
  unpack(built: Pick<BuiltPackage, "sha256">): string {
    const folder = mkdtempSync(join(this.folder, "unpacked-"));
    execFileSync("dpkg-deb", ["--raw-extract", this.fileOf(built), join(folder, "files")], { stdio: "pipe" });
    return join(folder, "files");
  }

  /** What is left of builds that did not end. */
  get unfinished(): string[] {
    return readdirSync(join(this.folder, "builds/unfinished"));
  }

  /** Bundles a program of this folder, since Node 20 does not run TypeScript; the command that starts it. */
  async bundle(name: string): Promise<readonly string[]> {
    const program = join(this.folder, "program/main.mjs");
    const runner = fileURLToPath(new URL("../../../tools/run.mjs", import.meta.url));
    await promisify(execFile)(process.execPath, [runner, fileURLToPath(new URL(name, import.meta.url)), program]);
    return [process.execPath, program];
  }

  /** Builds in a process of its own that something else starts; what came of it, or the problems. */
  async buildBy(starter: readonly string[], own: OwnPackage, tools: readonly ToolPin[] = []): Promise<unknown> {
    const folder = mkdtempSync(join(this.folder, "other-"));
    chmodSync(folder, 0o777);
    const work = JSON.stringify({ folder, own, tools, tree: this.#tree });
    const [program = "", ...args] = [...starter, ...(await this.bundle("build-program.ts")), work];
    const { stdout } = await promisify(execFile)(program, args, { cwd: "/" });
    return JSON.parse(stdout);
  }

  async remove(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => void this.#server.close(resolve));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function byPath(one: string, other: string): number {
  const [path = "", otherPath = ""] = [one, other].map((line) => line.split(" ")[3]);
  return path < otherPath ? -1 : 1;
}

/** Starts a program as somebody who is not root. */
export const ordinaryUser: readonly string[] =
  process.getuid?.() === 0 ? ["/usr/bin/setpriv", "--reuid=12345", "--regid=12345", "--clear-groups"] : [];

/** Makes a tree of programs of this machine. */
export function makeSmallTree(): { readonly tree: string; remove(): void } {
  const tree = mkdtempSync(join(tmpdir(), "firn-tools-"));
  chmodSync(tree, 0o755);
  const found = programs.map((name) => `/usr/bin/${name}`);
  for (const path of found.flatMap((program) => [program, ...librariesOf(program)])) {
    const place = join(tree, "usr", path.replace(/^\/(?:usr\/)?/, ""));
    mkdirSync(dirname(place), { recursive: true });
    cpSync(realpathSync(path), place);
  }
  // Where the C library has it apart.
  const language = "/usr/lib/locale/C.utf8";
  if (existsSync(language)) cpSync(language, join(tree, language), { recursive: true });
  return { tree, remove: () => rmSync(tree, { recursive: true, force: true }) };
}

/** A package of one file that a script makes. */
export function scripted(script: string, more: Partial<OwnPackage> = {}, build: Partial<OwnBuild> = {}): OwnPackage {
  return {
    name: "saw",
    version: "1.7",
    summary: "Saws wood",
    build: { script, tools: [{ name: "dash" }], ...build },
    ...more,
  };
}

/** Lists what a program of this machine has to have loaded, the loader included. */
function librariesOf(program: string): string[] {
  const text = execFileSync("ldd", [program], { encoding: "utf8" });
  return [...text.matchAll(/(\/\S+) \(0x/g)].map(([, path = ""]) => path);
}

/** Makes an archive of what a folder has, in a way that does not depend on the machine. @param options of tar */
export function packTar(folder: string, ...options: readonly string[]): Buffer {
  const fixed = ["--sort=name", "--mtime=@1700000000", "--numeric-owner", "--owner=0", "--group=0"];
  const args = ["-C", folder, ...fixed, ...options, "-cf", "-", "."];
  return execFileSync("tar", args, { maxBuffer: 2 ** 26, stdio: ["ignore", "pipe", "pipe"] });
}
