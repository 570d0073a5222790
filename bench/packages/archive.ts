import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { openApt } from "@firn/apt";
import { SigningKey } from "@firn/apt/testing";
import { fetchContents } from "@firn/download";
import type { ClosureMember, LockedSource, PackageAnswer } from "@firn/package-manager";
import { openStore } from "@firn/store";

/** Where the copy of Debian is, from one run to the next. */
const home = join(homedir(), ".cache/firn/bench-packages");

/** Debian's archives, as both programs are told them: the name, the address, the suites, and who signs the real one. */
export const archives = [
  {
    name: "debian",
    suites: ["bookworm", "bookworm-updates"],
    key: "B8B80B5B623EAB6AD8775C45B7C5D7D6350947F8",
  },
  { name: "debian-security", suites: ["bookworm-security"], key: "05AB90340C0C5E797F44A8C8254CF3B5AEC0A8F0" },
] as const;

/** Signs the copies: lists of Debian expire. */
export const key: SigningKey = new SigningKey("bench");

/** A copy of a part of Debian 12: all of its lists, and the files of a closure. */
export interface DebianCopy {
  /** Folder to serve; each archive is below it, by name. */
  readonly folder: string;
  readonly keyring: string;
  /** A root with the least that apt runs in. */
  readonly base: string;
}

/**
 * Fetches lists and files from Debian, and makes the root, unless all that is kept from an earlier run.
 *
 * @param sets names, and the files of all that those of one set need together
 */
export async function copyDebian(sets: readonly (readonly string[])[]): Promise<DebianCopy> {
  const copy = { folder: join(home, "served"), keyring: join(home, "keyring.gpg"), base: join(home, "base.tar") };
  const mark = join(home, "made-for.json");
  const wanted = JSON.stringify([3, sets]);
  if (existsSync(mark) && readFileSync(mark, "utf8") === wanted) return copy;
  console.log("Fetching lists and packages of Debian, once");
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home, { recursive: true });
  writeFileSync(copy.keyring, key.renderKeyring());
  makeBase(copy.base);
  const cache = join(home, "fetched");
  const apt = openApt({ cache, environment: process.env });
  const sources: LockedSource[] = [];
  for (const { key: signer, name, suites } of archives) {
    const parts = { suites, components: ["main"] };
    const address = `http://deb.debian.org/${name}`;
    const source = { manager: "apt", address, mirrors: [], architectures: ["amd64"], keys: [signer], parts };
    sources.push({ name, source, state: valueOf(await apt.readSource(source)), isOnRequest: false });
  }
  for (const source of sources) publishLists(source, { cache, folder: copy.folder });
  // Trees have some beside those that they are asked for.
  for (const asked of [...sets, ...sets.map((set) => [...set, ...apt.base])]) {
    const request = { sources, architecture: "amd64", asked: asked.map((name) => ({ name })), excluded: [] };
    await fetchFiles(valueOf(await apt.resolve(request)), copy.folder);
  }
  rmSync(cache, { recursive: true });
  writeFileSync(mark, wanted);
  return copy;
}

function makeBase(file: string): void {
  const lines = archives.flatMap(({ name, suites }) =>
    suites.map((suite) => `deb http://deb.debian.org/${name} ${suite} main`),
  );
  const args = ["--variant=minbase", "--include=ca-certificates", "bookworm", `${file}.part.tar`, ...lines];
  execFileSync("mmdebstrap", args, { stdio: ["ignore", "ignore", "pipe"] });
  renameSync(`${file}.part.tar`, file);
}

/** Writes the lists of an archive in the forms that Debian has them in. */
function publishLists({ name, source, state }: LockedSource, at: { cache: string; folder: string }): void {
  for (const suite of source.parts["suites"] ?? []) {
    const list = `main/binary-amd64/Packages`;
    const folder = join(at.folder, name, "dists", suite);
    mkdirSync(join(folder, dirname(list)), { recursive: true });
    const pin = state.lists[`dists/${suite}/${list}`];
    copyFileSync(join(at.cache, "lists", pin?.sha256 ?? suite), join(folder, list));
    execFileSync("gzip", ["-9nk", join(folder, list)]);
    execFileSync("xz", ["-k", join(folder, list)]);
    const lines = [list, `${list}.gz`, `${list}.xz`].map((path) => {
      const bytes = readFileSync(join(folder, path));
      return ` ${createHash("sha256").update(bytes).digest("hex")} ${bytes.length} ${path}`;
    });
    const release = [
      `Suite: ${suite}`,
      `Codename: ${suite}`,
      `Date: ${new Date(state.date).toUTCString()}`,
      "Architectures: amd64",
      "Components: main",
      "SHA256:",
      ...lines,
      "",
    ];
    writeFileSync(join(folder, "InRelease"), key.clearSign(release.join("\n")));
    // As on most mirrors, only the packed forms are there.
    rmSync(join(folder, list));
  }
}

async function fetchFiles(members: readonly ClosureMember[], folder: string): Promise<void> {
  const store = openStore(join(home, "fetched/store"));
  const wanted = members.map((member) => ({
    ...member,
    addresses: [`http://deb.debian.org/${member.source}/${member.path}`],
  }));
  await fetchContents({ wanted, store });
  for (const { path, sha256, source } of members) {
    const file = join(folder, source, path);
    mkdirSync(dirname(file), { recursive: true });
    copyFileSync(store.findContent(sha256) ?? path, file);
  }
}

/** The value of an answer that has one. @throws Error */
export function valueOf<Value>({ problems, value }: PackageAnswer<Value>): Value {
  if (value === undefined) throw new Error(JSON.stringify(problems));
  return value;
}
