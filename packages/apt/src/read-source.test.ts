import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type ServerFault, SigningKey, type TestArchive } from "@firn/apt/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { pathsOf, problemsOf, TemporaryApt, valueOf } from "../test/temporary-apt.ts";

let temporary: TemporaryApt;
let archive: TestArchive;
beforeEach(() => {
  temporary = new TemporaryApt();
  archive = temporary.archive("archive", { name: "a", version: "1" });
});
afterEach(() => temporary.remove());

const release = "dists/stable/InRelease";
const list = "dists/stable/main/binary-amd64/Packages";

describe("readSource", () => {
  test("pins the signed list of each suite, and every list that is asked for", async () => {
    archive.publish({ components: ["main", "extra"], architectures: ["amd64", "arm64", "riscv64"] });
    archive.publish({ suite: "updates", components: ["main", "extra"], date: "2026-11-03T01:02:03Z" });
    const server = await temporary.serve(archive);
    const parts = { suites: ["stable", "updates"], components: ["main", "extra"] };
    const source = archive.describeSource({ address: `${server.address}/`, architectures: ["amd64", "arm64"], parts });
    const state = valueOf(await temporary.open().readSource(source));
    expect(state.date).toBe("2026-11-03T01:02:03Z");
    expect(pathsOf(state)).toEqual([
      "dists/stable/InRelease",
      "dists/stable/extra/binary-amd64/Packages",
      "dists/stable/extra/binary-arm64/Packages",
      "dists/stable/main/binary-amd64/Packages",
      "dists/stable/main/binary-arm64/Packages",
      "dists/updates/InRelease",
      "dists/updates/extra/binary-amd64/Packages",
      "dists/updates/extra/binary-arm64/Packages",
      "dists/updates/main/binary-amd64/Packages",
      "dists/updates/main/binary-arm64/Packages",
    ]);
    for (const path of [release, list]) {
      const bytes = readFileSync(join(archive.folder, path));
      const sha256 = execFileSync("sha256sum", { input: bytes, encoding: "utf8" }).slice(0, 64);
      expect(state.lists[path]).toEqual({ sha256, size: bytes.length });
    }
    expect(
      server.requests.filter((path) => !path.endsWith("InRelease")).every((path) => path.includes("/by-hash/")),
    ).toBe(true);
  });

  test("gives the same again, asking for the signed lists alone", async () => {
    const server = await temporary.serve(archive.publish());
    const source = archive.describeSource({ address: server.address });
    const first = valueOf(await temporary.open().readSource(source));
    server.requests.length = 0;
    expect(valueOf(await temporary.open().readSource(source))).toEqual(first);
    expect(server.requests).toEqual([`/${release}`]);
  });

  test("reads archives that have lists as xz, as text, not by their hash, or with those for every architecture apart", async () => {
    const source = archive.describeSource();
    for (const publication of [{ form: "xz" as const }, { isByHash: false }]) {
      archive.publish(publication);
      expect(pathsOf(valueOf(await temporary.open(JSON.stringify(publication)).readSource(source)))).toEqual([
        release,
        list,
      ]);
    }
    const server = await temporary.serve(archive);
    server.fail("Packages.gz", { status: 404 });
    const address = server.address;
    expect(valueOf(await temporary.open("plain").readSource({ ...source, address })).lists[list]).toBeDefined();

    archive.publish({ architectures: ["amd64", "all"] });
    const apart = valueOf(await temporary.open().readSource(source));
    expect(pathsOf(apart)).toEqual([release, "dists/stable/main/binary-all/Packages", list]);
    archive.publish({ architectures: ["amd64", "all"], lines: ["No-Support-for-Architecture-all: Packages"] });
    expect(pathsOf(valueOf(await temporary.open().readSource(source)))).toEqual([release, list]);
  });

  test("tries mirrors first, and what they have wrong or not at all at the address", async () => {
    archive.publish();
    const [mirror, server] = [await temporary.serve(archive), await temporary.serve(archive)];
    const source = archive.describeSource({ address: server.address, mirrors: [mirror.address] });
    const good = valueOf(await temporary.open().readSource(source));
    expect([mirror.requests.length, server.requests.length]).toEqual([2, 0]);
    const faults: [string, ServerFault][] = [
      [release, { status: 404 }],
      [release, { change: (bytes) => Buffer.from(bytes.toString().replace("Label: Test", "Label: Evil")) }],
      ["Packages", { change: (bytes) => bytes.fill(7, bytes.length - 4) }],
    ];
    for (const [path, fault] of faults) {
      mirror.fail(path, fault);
      expect(
        valueOf(await temporary.open(`${faults.findIndex((one) => one[1] === fault)}`).readSource(source)),
      ).toEqual(good);
      mirror.heal();
    }
  });

  test("accepts one known signature among several, and an armored keyring", async () => {
    archive.publish({ keys: [new SigningKey("one"), archive.key, new SigningKey("two")] });
    const keyring = join(temporary.folder, "keys.asc");
    writeFileSync(keyring, `${new SigningKey("three").renderArmoredKeyring()}\n${archive.key.renderArmoredKeyring()}`);
    expect(valueOf(await temporary.open().readSource(archive.describeSource({ keyring }))).lists[list]).toBeDefined();
  });

  test("removes what nobody has used for a month from the cache, and nothing else", async () => {
    const source = archive.publish().describeSource();
    const state = valueOf(await temporary.open().readSource(source));
    const lists = join(temporary.folder, "cache/lists");
    writeFileSync(join(lists, "old"), "");
    writeFileSync(join(lists, "new"), "");
    const longAgo = new Date("2020-01-01T00:00:00Z");
    utimesSync(join(lists, "old"), longAgo, longAgo);
    utimesSync(join(lists, state.lists[list]?.sha256 ?? ""), longAgo, longAgo);
    utimesSync(join(lists, "new"), new Date(), longAgo);
    expect(valueOf(await temporary.open().readSource(source))).toEqual(state);
    const pins = Object.values(state.lists).map(({ sha256 }) => sha256);
    expect(readdirSync(lists).toSorted()).toEqual([...pins, "new"].toSorted());
  });

  test("leaves no file behind but lists", async () => {
    archive.publish();
    valueOf(await temporary.open().readSource(archive.describeSource()));
    expect(readdirSync(join(temporary.folder, "cache/scratch"))).toEqual([]);
    expect(readdirSync(join(temporary.folder, "cache/lists"))).toHaveLength(2);
  });
});

describe("readSource refuses", () => {
  const trust = 'bad-source: Cannot trust the suite "stable" of "http://host"';
  const usual = "Check the address, the suites and the keys of the source; do not use what is signed by others";
  const changes: [string, (text: string) => string, string][] = [
    [
      "a list that was changed",
      (text) => text.replace("Label: Test", "Label: Evil"),
      "it was changed after it was signed",
    ],
    [
      "text before what was signed",
      (text) => `Suite: stable\n\n${text}`,
      "it is not a signed list: there is something before, in, or after what was signed",
    ],
    [
      "text after the signature",
      (text) => `${text}\nSuite: stable\n`,
      "it is not a signed list: there is something before, in, or after what was signed",
    ],
    [
      "what follows a second beginning",
      (text) => `${text}${text}`,
      "it is not a signed list: there is something before, in, or after what was signed",
    ],
    [
      "text between its armor",
      (text) => text.replace("\nHash:", "\nOrigin: Evil\nHash:"),
      "it is not a signed list: there is something before, in, or after what was signed",
    ],
    [
      "a list without signature",
      (text) => text.replace(/-----BEGIN PGP SIGNATURE.*/s, ""),
      "it is not a signed list: there is something before, in, or after what was signed",
    ],
    [
      "an empty signature",
      (text) => text.replace(/(SIGNATURE-----\n\n).*(\n-----END)/s, "$1$2"),
      "nobody has signed it",
    ],
  ];
  test.each(changes)("%s", async (_name, change, problem) => {
    const server = await temporary.serve(archive.publish());
    server.fail(release, { change: (bytes) => Buffer.from(change(bytes.toString())) });
    const answer = await temporary.open().readSource(archive.describeSource({ address: server.address }));
    expect(problemsOf(answer)).toEqual([trust, `http://host/${release}: ${problem}`, usual]);
    expect(existsSync(join(temporary.folder, "cache/lists"))).toBe(false);
  });

  test("a signature by others, though the keyring has their key", async () => {
    const other = new SigningKey("other");
    archive.publish({ keys: [other] });
    const keyring = join(temporary.folder, "both.gpg");
    writeFileSync(keyring, Buffer.concat([archive.key.renderKeyring(), other.renderKeyring()]));
    const [what = "", why = ""] = problemsOf(await temporary.open().readSource(archive.describeSource({ keyring })));
    expect(what).toMatch(/^bad-source: Cannot trust/);
    expect(why).toContain(
      `it is signed by "${other.fingerprint.slice(-16)}", and by none of "${archive.key.fingerprint}"`,
    );
  });

  test("a keyring that is not there, lacks the key, or is none", async () => {
    archive.publish();
    const source = archive.describeSource();
    const key = archive.key.fingerprint;
    const wrong = join(temporary.folder, "wrong.gpg");
    const ask = async (keyring: string): Promise<string | undefined> =>
      problemsOf(await temporary.open().readSource({ ...source, keyring }))[1]?.replace(/^.*?InRelease: /, "");
    expect(await ask("/none.gpg")).toBe('the keyring "/none.gpg" is not there');
    writeFileSync(wrong, new SigningKey("other").renderKeyring());
    expect(await ask(wrong)).toBe(`the keyring "/tmp/wrong.gpg" does not have the key "${key}"`);
    writeFileSync(wrong, "no keys");
    expect(await ask(wrong)).toBe(`the keyring "/tmp/wrong.gpg" does not have the key "${key}"`);
    const { keyring: _, ...without } = source;
    const found = problemsOf(await temporary.open().readSource(without));
    expect(found[1]).toContain(`no keyring of this machine has the key "${key}"`);
    expect(found[2]).toBe("Put the file with the key into the flake, and name it: keyring: keys/debian.gpg");
  });

  test("a list that has expired, unless a snapshot is wanted", async () => {
    archive.publish({ date: "2024-01-01T00:00:00Z", validUntil: "2024-01-08T00:00:00Z" });
    const source = archive.describeSource();
    const problems = problemsOf(await temporary.open().readSource(source));
    expect(problems[1]).toContain("it counted until 2024-01-08T00:00:00Z");
    expect(problems[2]).toContain("snapshot: 2024-01-01T00:00:00Z");
    archive.publish({ validUntil: "2999-01-01T00:00:00Z" });
    expect(valueOf(await temporary.open().readSource(source)).date).toBe("2026-11-01T00:00:00Z");
  });

  test("the list of another suite", async () => {
    archive.publish({ suite: "evil" });
    mkdirSync(join(archive.folder, "dists/stable"), { recursive: true });
    writeFileSync(join(archive.folder, release), readFileSync(join(archive.folder, "dists/evil/InRelease")));
    const problems = problemsOf(await temporary.open().readSource(archive.describeSource()));
    expect(problems[1]).toContain('it is the list of "evil", not of "stable"');
    archive.publish({ codename: "trixie" });
    const parts = { suites: ["stable"], components: ["main"] };
    expect(valueOf(await temporary.open().readSource(archive.describeSource({ parts }))).lists[list]).toBeDefined();
  });

  test("components and architectures that are not there, saying which are", async () => {
    archive.publish({ components: ["main", "contrib"] });
    const component = { parts: { suites: ["stable"], components: ["man"] } };
    expect(problemsOf(await temporary.open().readSource(archive.describeSource(component))).slice(0, 2)).toEqual([
      'bad-source: Cannot find the component "man" in the suite "stable" of "/tmp/archive"',
      "It has components: contrib, main",
    ]);
    const architectures = ["riscv64"];
    expect(
      problemsOf(await temporary.open().readSource(archive.describeSource({ architectures }))).slice(0, 2),
    ).toEqual([
      'bad-source: Cannot find packages for "riscv64" in the suite "stable" of "/tmp/archive"',
      "It has architectures: amd64, arm64",
    ]);
  });

  test("suites and components that say more than a name", async () => {
    for (const name of ["stable main", "a\nb", "[trusted=yes]", "../x", "a/../b", "stable/", ""]) {
      const asSuite = archive.describeSource({ parts: { suites: [name], components: ["main"] } });
      const asComponent = archive.describeSource({ parts: { suites: ["stable"], components: [name] } });
      expect(problemsOf(await temporary.open().readSource(asSuite))[0]).toMatch(/^bad-source: Cannot read "/);
      expect(problemsOf(await temporary.open().readSource(asComponent))[0]).toMatch(/^bad-source: Cannot read "/);
    }
  });

  const wrongLists: [string, ServerFault, string][] = [
    [
      "of the same size and another content",
      { change: (bytes) => Buffer.from(bytes).fill(7, bytes.length - 3) },
      "its hash or size is not the one that was signed",
    ],
    ["that is shorter", { change: (bytes) => bytes.subarray(1) }, "its hash or size is not the one that was signed"],
    ["that is longer", { change: (bytes) => Buffer.concat([bytes, bytes]) }, "the answer has more than"],
    ["that is not there", { status: 404 }, "it is not there (status 404)"],
  ];
  test.each(wrongLists)("a list %s", async (_name, fault, problem) => {
    const server = await temporary.serve(archive.publish());
    server.fail("/Packages", fault);
    server.fail("/by-hash/", fault);
    const problems = problemsOf(await temporary.open().readSource(archive.describeSource({ address: server.address })));
    expect(problems[0]).toBe('bad-source: Cannot read the packages of the suite "stable", main, for "amd64"');
    expect(problems.slice(1, -1).every((line) => line.includes(problem))).toBe(true);
    expect(problems).toHaveLength(5);
  });

  const failures: [string, string, ServerFault, string][] = [
    ["breaks off in the signed list", release, { cutAfter: 10 }, "the connection broke off"],
    ["breaks off in a list of packages", "/main/", { cutAfter: 10 }, "the connection broke off"],
    ["fails", release, { status: 500 }, "the server failed to give it (status 500)"],
  ];
  test.each(failures)("what a server gives that %s, as a failure to fetch", async (_name, path, fault, problem) => {
    const server = await temporary.serve(archive.publish());
    server.fail(path, fault);
    const problems = problemsOf(await temporary.open().readSource(archive.describeSource({ address: server.address })));
    expect(problems[0]).toMatch(/^fetch-failed: Cannot read the/);
    expect(problems[1]).toContain(problem);
  });

  test("a server that is not there, and a suite that is not", async () => {
    const server = await archive.publish().serve();
    const { address } = server;
    await server.stop();
    const gone = problemsOf(await temporary.open().readSource(archive.describeSource({ address })));
    expect(gone[0]).toBe('fetch-failed: Cannot read the suite "stable" of "http://host"');
    expect(gone[1]).toContain("the host does not accept the connection");
    const parts = { suites: ["stabel"], components: ["main"] };
    const misspelt = problemsOf(await temporary.open().readSource(archive.describeSource({ parts })));
    expect(misspelt[0]).toMatch(/^bad-source: Cannot read the suite "stabel"/);
    expect(misspelt[1]).toContain("dists/stabel/InRelease: it is not there");
  });
});

describe("readSource of a snapshot", () => {
  test("reads below the address of that moment, whatever has expired", async () => {
    const before = temporary.archive("kept/20260102T030405Z", { name: "a", version: "0" });
    before.publish({ date: "2026-01-02T00:00:00Z", validUntil: "2026-01-09T00:00:00Z" });
    const address = `file://${temporary.folder}/kept/@SNAPSHOTID@/`;
    const source = before.describeSource({ address, snapshot: "2026-01-02T03:04:05Z" });
    const state = valueOf(await temporary.open().readSource(source));
    expect(state.date).toBe("2026-01-02T00:00:00Z");
    const mirrored = { ...source, address: "file:///none/debian", mirrors: [address] };
    expect(valueOf(await temporary.open("other").readSource(mirrored))).toEqual(state);

    const { snapshot: _, ...without } = source;
    expect(problemsOf(await temporary.open().readSource(without))[1]).toBe(
      "Its addresses are of snapshots, and no moment is given",
    );
    before.publish({ date: "2026-02-02T00:00:00Z" });
    const later = problemsOf(await temporary.open().readSource(source));
    expect(later[1]).toContain("it is of 2026-02-02T00:00:00Z, and the snapshot of before is wanted");
  });
});
