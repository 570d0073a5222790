import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Repositories of one flake each, and two flakes that have them all as inputs: one for each tool. */
export interface Setting {
  readonly folder: string;
  readonly repositories: readonly string[];
  /** Folder with flake.yaml. */
  readonly firn: string;
  /** Folder whose root/ has flake.nix. */
  readonly nix: string;
}

/** Writes a setting of so many inputs. */
export function writeSetting(folder: string, inputs: number): Setting {
  const repositories = Array.from({ length: inputs }, (_, index) => join(folder, `input${index}`));
  for (const repository of repositories) {
    git(["init", "--quiet", "--initial-branch=master", repository]);
    commit(repository, 0);
  }
  const setting = { folder, repositories, firn: join(folder, "firn"), nix: join(folder, "nix") };
  write(join(setting.firn, "flake.yaml"), flakeYaml(repositories));
  write(join(setting.firn, "pnpm-workspace.yaml"), "packages: []\n");
  write(join(setting.firn, "package.json"), '{ "private": true, "type": "module" }\n');
  write(join(setting.nix, "root/flake.nix"), flakeNix(repositories));
  return setting;
}

let time = 1_700_000_000;

/** Adds a commit to every repository, so that an update has something to do. */
export function moveOn({ repositories }: Setting): void {
  for (const repository of repositories) commit(repository, ++time);
}

/** Ten files of 4 KiB each, of which a later commit changes one. */
function commit(repository: string, change: number): void {
  const names = change === 0 ? Array.from({ length: 10 }, (_, index) => `file${index}`) : ["file0"];
  const files = names.map((name) => file(name, `${change}\n`.padEnd(4096, `${name} of ${repository}\n`)));
  const flakes = [file("flake.nix", "{ inputs = { }; outputs = _: { }; }\n"), file("flake.yaml", "inputs: {}\n")];
  const who = `A U Thor <author@example.org> ${change === 0 ? time : change} +0000`;
  const head = `commit refs/heads/master\ncommitter ${who}\ndata 6\nChange\n`;
  const from = change === 0 ? "" : "from refs/heads/master^0\n";
  const stream = `${head}${from}${[...files, ...(change === 0 ? flakes : [])].join("")}\n`;
  git(["-C", repository, "fast-import", "--quiet"], stream);
}

function file(name: string, text: string): string {
  return `M 100644 inline ${name}\ndata ${Buffer.byteLength(text)}\n${text}\n`;
}

function git(words: readonly string[], input = ""): void {
  execFileSync("git", words, { input, stdio: ["pipe", "ignore", "inherit"] });
}

/** The branch is named, so that nix does not look for changes in the working tree, which Firn never does. */
function flakeYaml(repositories: readonly string[]): string {
  const inputs = repositories.map((path, index) => `  i${index}: { git: "file://${path}", ref: master }\n`);
  return `name: bench\ninputs:\n${inputs.join("")}`;
}

function flakeNix(repositories: readonly string[]): string {
  const inputs = repositories.map((path, index) => `i${index}.url = "git+file://${path}?ref=master";`);
  return `{ inputs = { ${inputs.join(" ")} }; outputs = _: { }; }\n`;
}

function write(path: string, text: string): void {
  mkdirSync(join(path, ".."), { recursive: true });
  writeFileSync(path, text);
}
