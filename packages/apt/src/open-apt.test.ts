import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openApt } from "@firn/apt";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { problemsOf, TemporaryApt, valueOf } from "../test/temporary-apt.ts";

let temporary: TemporaryApt;
beforeEach(() => {
  temporary = new TemporaryApt();
});
afterEach(() => temporary.remove());

test("listNames lists what sources have, once and sorted", async () => {
  const first = await temporary.lockPackages("first", [
    { name: "c", version: "1" },
    { name: "a", version: "1" },
    { name: "a", version: "2", isBesides: true },
    { name: "arm", version: "1", architecture: "arm64" },
  ]);
  const second = await temporary.lockPackages(
    "second",
    [
      { name: "b", version: "1" },
      { name: "a", version: "3" },
    ],
    true,
  );
  expect(valueOf(await temporary.open().listNames([first, second], "amd64"))).toEqual(["a", "b", "c"]);
  expect(valueOf(await temporary.open().listNames([first, second], "arm64"))).toEqual(["a", "arm", "b", "c"]);
  expect(valueOf(await temporary.open().listNames([], "arm64"))).toEqual([]);
});

describe("PackageManager.describe", () => {
  test("tells the newest of each, in one line, and leaves out what is not there", async () => {
    const debian = await temporary.lockPackages("debian", [
      { name: "a", version: "1.9", description: "Old" },
      { name: "a", version: "1.10", description: "A thing\n that goes on\n .\n for long", isBesides: true },
    ]);
    const asked = [{ name: "a" }, { name: "none" }];
    const facts = valueOf(
      await temporary.open().describe({ sources: [debian], architecture: "amd64", asked, excluded: [] }),
    );
    expect([...facts.keys()]).toEqual(["a"]);
    expect(facts.get("a")).toMatchObject({
      pin: { version: "1.10", source: "debian" },
      summary: "A thing",
      isSecurity: false,
    });
  });

  test("knows security updates by the suite, and by the label", async () => {
    const archive = temporary.archive("archive", { name: "a", version: "1", suite: "stable" });
    archive.add({ name: "a", version: "2", suite: "stable-security" }, { name: "b", version: "1", suite: "stable" });
    archive.publish().publish({ suite: "stable-security" });
    const parts = { suites: ["stable", "stable-security"], components: ["main"] };
    const debian = await temporary.lock("debian", archive.describeSource({ parts }));
    const asked = [{ name: "a" }, { name: "b" }];
    const request = { sources: [debian], architecture: "amd64", asked, excluded: [] };
    const facts = valueOf(await temporary.open().describe(request));
    expect([...facts.values()].map(({ isSecurity, pin }) => [pin.name, pin.version, isSecurity])).toEqual([
      ["a", "2", true],
      ["b", "1", false],
    ]);
    const labelled = temporary.archive("labelled", { name: "a", version: "3" }).publish({ label: "Debian-Security" });
    const security = await temporary.lock("security", labelled.describeSource());
    const both = valueOf(await temporary.open().describe({ ...request, sources: [debian, security] }));
    expect(both.get("a")).toMatchObject({ pin: { version: "3", source: "security" }, isSecurity: true });
  });
});

describe("addressesOf", () => {
  const pin = {
    name: "a",
    version: "1",
    architecture: "all",
    source: "s",
    sha256: "",
    size: 1,
    path: "pool/main/a/a+b_1~2.deb",
  };
  const state = { date: "2026-11-01T12:00:00Z", lists: {} };
  const source = { manager: "apt", architectures: ["amd64"], keys: [], parts: {} };
  const cases: [string, string[], string[]][] = [
    [
      "http://deb.debian.org/debian/",
      ["http://mirror.example/debian"],
      [
        "http://mirror.example/debian/pool/main/a/a%2Bb_1~2.deb",
        "http://deb.debian.org/debian/pool/main/a/a%2Bb_1~2.deb",
        "https://snapshot.debian.org/archive/debian/20261101T130000Z/pool/main/a/a%2Bb_1~2.deb",
        "https://snapshot.debian.org/archive/debian/20261101T190000Z/pool/main/a/a%2Bb_1~2.deb",
      ],
    ],
    [
      "https://security.ubuntu.com/ubuntu",
      [],
      [
        "https://security.ubuntu.com/ubuntu/pool/main/a/a%2Bb_1~2.deb",
        "https://snapshot.ubuntu.com/ubuntu/20261101T130000Z/pool/main/a/a%2Bb_1~2.deb",
        "https://snapshot.ubuntu.com/ubuntu/20261101T190000Z/pool/main/a/a%2Bb_1~2.deb",
      ],
    ],
    ["https://packages.example/apt", [], ["https://packages.example/apt/pool/main/a/a%2Bb_1~2.deb"]],
  ];
  test.each(cases)("knows where files of %s are, and are kept", (address, mirrors, expected) => {
    expect(temporary.open().addressesOf(pin, { ...source, address, mirrors }, state)).toEqual(expected);
  });

  test("takes the moment that is named, and a template as it is", () => {
    const address = "https://kept.example/@SNAPSHOTID@/x";
    const snapshot = "2026-10-01T00:00:00Z";
    const asked = { ...source, address, mirrors: [], snapshot };
    expect(temporary.open().addressesOf(pin, asked, state)).toEqual([
      "https://kept.example/20261001T000000Z/x/pool/main/a/a%2Bb_1~2.deb",
    ]);
  });
});

describe("openApt", () => {
  test("says what is missing on a machine without apt, or without gpgv", async () => {
    const archive = temporary.archive("archive", { name: "a", version: "1" }).publish();
    const source = archive.describeSource();
    const debian = await temporary.lock("debian", source);
    const without = openApt({ cache: join(temporary.folder, "cache"), environment: { PATH: temporary.folder } });
    const request = { sources: [debian], architecture: "amd64", asked: [{ name: "a" }], excluded: [] };
    expect(problemsOf(await without.resolve(request))).toEqual([
      "no-package-manager: Cannot resolve packages: there is no apt-get on this machine",
      "It decides which packages others need; it runs without root, and changes nothing",
      "Lock on a machine that has apt",
    ]);
    expect(problemsOf(await without.readSource(source)).slice(1)).toEqual([
      "/tmp/archive/dists/stable/InRelease: there is no gpgv on this machine to check who signed it",
      "apt-get install gpgv",
    ]);
  });

  test("says when the cache cannot be written", async () => {
    const archive = temporary.archive("archive", { name: "a", version: "1" }).publish();
    writeFileSync(join(temporary.folder, "cache"), "");
    const [what, why, fix] = problemsOf(await temporary.open().readSource(archive.describeSource()));
    expect([what, fix]).toEqual([
      'store-failed: Cannot keep lists of packages in "/tmp/cache"',
      "Remove what is in the way of the folder",
    ]);
    expect(why).toMatch(/^ENOTDIR/);
  });

  test("tells what it fetches", async () => {
    const archive = temporary.archive("archive", { name: "a", version: "1" }).publish();
    const lines: string[] = [];
    const progress = (line: string): void => void lines.push(line);
    const apt = openApt({ cache: join(temporary.folder, "cache"), environment: {}, progress });
    const state = valueOf(await apt.readSource(archive.describeSource()));
    expect(Object.keys(state.lists)).toHaveLength(2);
    expect(lines).toEqual(["Fetching the packages of stable main for amd64"]);
  });
});
