import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import type { LockedSource, PackageSource } from "@firn/package-manager";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PlainApt, type PlainSource } from "../test/plain-apt.ts";
import { TemporaryApt, valueOf } from "../test/temporary-apt.ts";

const debian = "http://deb.debian.org/debian";
const keyring = "/usr/share/keyrings/debian-archive-keyring.gpg";
/** Primary keys of Debian 11 to 13, for the archive, for security, and for the release. */
const keys = [
  "1F89983E0081FDE018F3CC9673A4F27B8DD47936",
  "AC530D520F2F3269F5E98313A48449044AAD5C5D",
  "B8B80B5B623EAB6AD8775C45B7C5D7D6350947F8",
  "05AB90340C0C5E797F44A8C8254CF3B5AEC0A8F0",
  "4D64FEC119C2029067D6E791F8D2585B8783D481",
  "4CB50190207B4758A3F73A796ED0E7B82643E131",
];
/** How many names a list has. */
const sizes = [1, 1, 1, 2, 2, 3, 4, 5, 7, 9, 12, 16, 21, 28, 37, 50, 70, 100, 140, 200];
/** All of them for every architecture take minutes: FIRN_CLOSURES=all. */
const isAll = process.env["FIRN_CLOSURES"] === "all";

/** A machine's architecture, and what its packages come from. */
type Sources = (temporary: TemporaryApt) => Promise<readonly (PlainSource & { readonly source: PackageSource })[]>;

const machines: readonly [string, Sources][] = [
  ["amd64", () => Promise.resolve(listBookworm("amd64"))],
  ["arm64", () => Promise.resolve(listBookworm("arm64"))],
  ["riscv64", copyTrixie],
];

describe.each(machines)("resolve for %s", (architecture, listSources) => {
  let temporary: TemporaryApt;
  let reference: PlainApt;
  let sources: LockedSource[] = [];
  let names: readonly string[] = [];
  beforeAll(async () => {
    temporary = new TemporaryApt();
    const listed = await listSources(temporary);
    sources = await Promise.all(listed.map(({ source }, index) => temporary.lock(`source-${index}`, source)));
    reference = new PlainApt(join(temporary.folder, "plain"), architecture, listed);
    reference.update();
    names = valueOf(await temporary.open().listNames(sources, architecture));
  }, 120_000);
  afterAll(() => temporary.remove());

  test("gives what apt itself gives in an untouched world, for lists of up to 200 names", async () => {
    const different: string[][] = [];
    const lists = [...sizes.entries()].filter(([seed]) => isAll || architecture === "amd64" || seed % 2 === 1);
    let solved = 0;
    for (const [seed, size] of lists) {
      const list = pickNames(names, size, seed);
      const request = { sources, architecture, asked: list.map((name) => ({ name })), excluded: [] };
      const [expected, answer] = await Promise.all([reference.resolve(list), temporary.open().resolve(request)]);
      const given = answer.value?.map(({ path, sha256 }) => `${path.replace(/.*\//, "")} ${sha256}`);
      if (expected !== undefined) solved += 1;
      if (JSON.stringify(given?.map(unescape).toSorted()) !== JSON.stringify(expected?.map(unescape).toSorted()))
        different.push([...list]);
    }
    expect(different).toEqual([]);
    expect(solved).toBeGreaterThan(lists.length / 2);
  }, 240_000);
});

function listBookworm(architecture: string): (PlainSource & { source: PackageSource })[] {
  const archives = [
    { address: debian, suites: ["bookworm", "bookworm-updates"] },
    { address: `${debian}-security`, suites: ["bookworm-security"] },
  ];
  return archives.map(({ address, suites }) => {
    const parts = { suites, components: ["main"] };
    const source = { manager: "apt", address, mirrors: [], architectures: [architecture], keys, parts };
    return { address, suites, keyring, source };
  });
}

/**
 * Debian has riscv64 since trixie. Not every mirror follows with its lists all
 * the time: they are signed anew here.
 */
async function copyTrixie(temporary: TemporaryApt): Promise<(PlainSource & { source: PackageSource })[]> {
  const answer = await fetch(`${debian}/dists/trixie/main/binary-riscv64/Packages.gz`);
  const text = gunzipSync(Buffer.from(await answer.arrayBuffer())).toString();
  const archive = temporary.archive("trixie");
  archive.publish({ suite: "trixie", architectures: ["riscv64"], texts: { riscv64: text } });
  const parts = { suites: ["trixie"], components: ["main"] };
  const source = archive.describeSource({ architectures: ["riscv64"], parts });
  return [{ address: source.address, suites: ["trixie"], keyring: archive.keyring, source }];
}

function unescape(line: string): string {
  return decodeURIComponent(line);
}

/** Picks names that are the same each time, as long as the archive has them. Programs and libraries that exclude others are seldom among them. */
function pickNames(names: readonly string[], size: number, seed: number): readonly string[] {
  const usual = names.filter((name) =>
    /^(?:lib[a-z0-9]+\d|python3-|fonts-|golang-|node-|ruby-|[a-z]{4,8}$)/.test(name),
  );
  let state = seed + 1;
  const picked = new Set<string>();
  while (picked.size < size) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    picked.add(usual[state % usual.length] ?? "");
  }
  // What apt takes depends on who asks first; Firn asks in this order.
  return [...picked].toSorted();
}
