import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestPackage } from "@firn/apt/testing";
import type { LockedSource, ResolveRequest } from "@firn/package-manager";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { show, TemporaryApt, valueOf } from "../test/temporary-apt.ts";

let temporary: TemporaryApt;
beforeEach(() => {
  temporary = new TemporaryApt();
});
afterEach(() => temporary.remove());

const basics: readonly TestPackage[] = [
  { name: "a", version: "1:1.0+b~2", depends: "b | c, v, d (>= 1)", preDepends: "p", recommends: "unwanted" },
  { name: "b", version: "1" },
  { name: "c", version: "1" },
  { name: "d", version: "1", depends: "p:any, b" },
  { name: "p", version: "1", multiArch: "allowed" },
  { name: "g++", version: "1", provides: "v (= 2)", architecture: "amd64" },
  { name: "g++", version: "1", provides: "v", architecture: "arm64" },
  { name: "only", version: "1", architecture: "arm64" },
  { name: "unwanted", version: "1" },
  { name: "mta-1", version: "1", provides: "mta", conflicts: "mta" },
  { name: "mta-2", version: "1", provides: "mta", conflicts: "mta" },
  { name: "user", version: "1", depends: "mta-1" },
  { name: "new", version: "1", depends: "b (>= 2) | none" },
];

/** Sources, a wish, and what comes of it. */
function ask(sources: readonly LockedSource[], wish: string, more: Partial<ResolveRequest> = {}): Promise<string[]> {
  return temporary.resolve({ sources, asked: parseWish(wish), ...more }).then(show);
}

/** "a b=1 c@next" asks for a, for the version 1 of b, and for c from the source next. */
function parseWish(wish: string): ResolveRequest["asked"] {
  return wish.split(" ").map((word) => {
    const {
      name = "",
      source,
      version,
    } = /^(?<name>[^=@]+)(?:=(?<version>[^@]+))?(?:@(?<source>.+))?$/.exec(word)?.groups ?? {};
    return { name, ...(version !== undefined && { version }), ...(source !== undefined && { source }) };
  });
}

describe("resolve", () => {
  test("takes what is asked for, and what that needs, with the first who needs it", async () => {
    const debian = await temporary.lockPackages("debian", basics);
    expect(await ask([debian], "a")).toEqual([
      "a 1:1.0+b~2 debian",
      "b 1 debian < a",
      "d 1 debian < a",
      "g++ 1 debian < a",
      "p 1 debian < a",
    ]);
    expect(await ask([debian], "d b")).toEqual(["b 1 debian", "d 1 debian", "p 1 debian < d"]);
    expect(await ask([debian], "g++")).toEqual(["g++ 1 debian"]);
    expect(valueOf(await temporary.resolve({ sources: [debian] }))).toEqual([]);
  });

  test("pins the file: hash, size, and path below the address", async () => {
    const archive = temporary.archive("debian", ...basics).publish();
    const debian = await temporary.lock("debian", archive.describeSource());
    const [a] = valueOf(await temporary.resolve({ sources: [debian], asked: [{ name: "a" }] }));
    const list = archive.renderPackages({ suite: "stable", component: "main", architecture: "amd64" });
    const stanza = list.slice(0, list.indexOf("\n\n"));
    expect(a).toEqual({
      name: "a",
      version: "1:1.0+b~2",
      architecture: "all",
      source: "debian",
      path: "pool/main/a/a/a_1.0+b~2_all.deb",
      sha256: /SHA256: (.*)/.exec(stanza)?.[1],
      size: Number(/Size: (.*)/.exec(stanza)?.[1]),
    });
    const pin = {
      name: "a",
      version: "1",
      architecture: "all",
      source: "debian",
      sha256: "",
      size: 1,
      ...a,
      path: a?.path ?? "",
    };
    const source = { ...debian.source, mirrors: ["http://m/"] };
    expect(temporary.open().addressesOf(pin, source, debian.state)).toEqual([
      "http://m/pool/main/a/a/a_1.0%2Bb~2_all.deb",
      `file://${archive.folder}/pool/main/a/a/a_1.0%2Bb~2_all.deb`,
    ]);
  });

  test("resolves for another architecture", async () => {
    const debian = await temporary.lockPackages("debian", basics);
    const members = valueOf(
      await temporary.resolve({ sources: [debian], asked: parseWish("a only"), architecture: "arm64" }),
    );
    expect(members.map(({ architecture, name }) => `${name} ${architecture}`)).toEqual([
      "a all",
      "b all",
      "d all",
      "g++ arm64",
      "only arm64",
      "p all",
    ]);
    expect(await ask([debian], "b", { architecture: "riscv64" })).toEqual([
      'bad-source: Cannot find packages for "riscv64" in any source',
      '"debian" is locked for amd64, arm64',
      "Add it to a source that has it: architectures: [riscv64]; then run: firn lock",
    ]);
  });

  test("knows the list of packages for every architecture, where that is apart", async () => {
    const archive = temporary.archive(
      "apart",
      { name: "a", version: "1", depends: "b" },
      { name: "b", version: "1", architecture: "amd64" },
    );
    const render = (architecture: string): string =>
      archive.renderPackages({ suite: "stable", component: "main", architecture });
    const own = render("amd64")
      .split("\n\n")
      .filter((stanza) => stanza.includes("Package: b"));
    const texts = { all: render("all"), amd64: `${own.join("\n\n")}\n\n` };
    archive.publish({ architectures: ["all", "amd64"], texts });
    const apart = await temporary.lock("apart", archive.describeSource());
    expect(await ask([apart], "a")).toEqual(["a 1 apart", "b 1 apart < a"]);
  });

  test("does not depend on who asks first, on the cache, or on what the machine has configured", async () => {
    const debian = await temporary.lockPackages("debian", basics);
    const first = await temporary.resolve({ sources: [debian], asked: parseWish("a user") });
    expect(await temporary.resolve({ sources: [debian], asked: parseWish("user a user") })).toEqual(first);
    expect(await temporary.resolve({ sources: [debian], asked: parseWish("a user") }, 'an "odd": {cache}; %s')).toEqual(
      first,
    );
    const configuration = join(temporary.folder, "apt.conf");
    writeFileSync(configuration, 'APT::Install-Recommends "true"; APT::Architecture "arm64"; Dir "/none";');
    process.env["APT_CONFIG"] = configuration;
    try {
      expect(await temporary.resolve({ sources: [debian], asked: parseWish("a user") })).toEqual(first);
    } finally {
      delete process.env["APT_CONFIG"];
    }
  });

  test("answers several that ask at once", async () => {
    const debian = await temporary.lockPackages("debian", basics);
    const answers = await Promise.all(["a", "user", "a", "d", "mta-2"].map((wish) => ask([debian], wish)));
    expect(answers.map((lines) => lines.length)).toEqual([5, 2, 5, 3, 1]);
    expect(readdirSync(join(temporary.folder, "cache/scratch"))).toEqual([]);
  });

  test("decides between equals as apt does, which comes across a name where anything mentions it", async () => {
    const equals = ["first", "second", "third"].map((name) => ({ name, version: "1", provides: "v" }));
    const debian = await temporary.lockPackages("debian", [
      { name: "early", version: "1", depends: "third, first" },
      { name: "needer", version: "1", depends: "v" },
      ...equals,
    ]);
    expect(await ask([debian], "needer")).toEqual(["needer 1 debian", "second 1 debian < needer"]);
    const other = await temporary.lockPackages("other", [{ name: "needer", version: "1", depends: "v" }, ...equals]);
    expect(await ask([other], "needer")).toEqual(["needer 1 other", "third 1 other < needer"]);
  });

  test("knows what packages need in lines that go on", async () => {
    const debian = await temporary.lockPackages("debian", [
      { name: "a", version: "1", depends: "b,\n v" },
      { name: "b", version: "1" },
      { name: "c", version: "1", provides: "w,\n v" },
    ]);
    expect(await ask([debian], "a")).toEqual(["a 1 debian", "b 1 debian < a", "c 1 debian < a"]);
  });
});

describe("resolve with several sources", () => {
  const older: readonly TestPackage[] = [
    { name: "a", version: "1", depends: "b, c" },
    { name: "b", version: "1" },
    { name: "c", version: "1" },
    { name: "same", version: "1" },
  ];
  const newer: readonly TestPackage[] = [
    { name: "a", version: "2", depends: "b (>= 2), c, e, x | y" },
    { name: "b", version: "2" },
    { name: "c", version: "2" },
    { name: "e", version: "2" },
    { name: "f", version: "2", depends: "c (= 2), g" },
    { name: "g", version: "2" },
    { name: "x", version: "2", depends: "b" },
    { name: "same", version: "1" },
  ];
  let sources: readonly LockedSource[];
  beforeEach(async () => {
    sources = [await temporary.lockPackages("debian", older), await temporary.lockPackages("next", newer, true)];
  });

  test("takes the newest of those that are used by themselves", async () => {
    const both = sources.map((source) => ({ ...source, isOnRequest: false }));
    expect(await ask(both, "a")).toEqual(["a 2 next", "b 2 next < a", "c 2 next < a", "e 2 next < a", "x 2 next < a"]);
  });

  test("takes nothing from a source that nobody names", async () => {
    expect(await ask(sources, "a")).toEqual(["a 1 debian", "b 1 debian < a", "c 1 debian < a"]);
    expect(await ask(sources, "f")).toEqual([
      'unknown-package: Cannot find the package "f"',
      '"next" has 2',
      'Name the source that has it: {"name":"f","source":"next"}',
    ]);
  });

  test("takes from a named source what is named, and what others do not fulfil", async () => {
    expect(await ask(sources, "a@next")).toEqual([
      "a 2 next",
      "b 2 next < a",
      "c 1 debian < a",
      "e 2 next < a",
      "x 2 next < a",
    ]);
    expect(await ask(sources, "f@next a")).toEqual([
      "a 1 debian",
      "b 1 debian < a",
      "c 2 next < a",
      "f 2 next",
      "g 2 next < f",
    ]);
    expect(await ask(sources, "a@debian")).toEqual(["a 1 debian", "b 1 debian < a", "c 1 debian < a"]);
  });

  test("takes nothing else from a named source, though it would do", async () => {
    const more = await temporary.lockPackages("more", [
      { name: "wants", version: "1", depends: "z | b" },
      { name: "b", version: "1" },
    ]);
    const late = await temporary.lockPackages(
      "late",
      [
        { name: "z", version: "1" },
        { name: "y", version: "1" },
      ],
      true,
    );
    expect(await ask([more, late], "wants y@late")).toEqual(["b 1 more < wants", "wants 1 more", "y 1 late"]);
    expect(await ask([more, late], "wants z@late")).toEqual(["wants 1 more", "z 1 late"]);
  });

  test("says which source a file is from that several have: the first, or the one that is named", async () => {
    expect(await ask(sources, "same")).toEqual(["same 1 debian"]);
    expect(await ask(sources, "same@next")).toEqual(["same 1 next"]);
    const [debian, next] = sources.map((source) => ({ ...source, isOnRequest: false }));
    expect(
      await ask(
        [next, debian].filter((one) => one !== undefined),
        "same",
      ),
    ).toEqual(["same 1 next"]);
  });

  test("takes the version that is asked for, with what it needs from a source that is named for it", async () => {
    const both = sources.map((source) => ({ ...source, isOnRequest: false }));
    expect(await ask(both, "b=1")).toEqual(["b 1 debian"]);
    expect(await ask(sources, "a=2@next")).toContain("b 2 next < a");
    expect(await ask(both, "b=3")).toEqual([
      'unknown-package: Cannot find the version "3" of the package "b"',
      '"debian" has 1',
      '"next" has 2',
      "Ask for a version that is there, or pin the source to a moment when it had this one: snapshot",
    ]);
    expect((await ask(sources, "b=2@debian"))[0]).toBe(
      'unknown-package: Cannot find the version "2" of the package "b" in the source "debian"',
    );
  });

  test("takes what is chosen where something needs it, and not otherwise", async () => {
    const both = sources.map((source) => ({ ...source, isOnRequest: false }));
    expect(await ask(sources, "a", { chosen: parseWish("c@next") })).toEqual([
      "a 1 debian",
      "b 1 debian < a",
      "c 2 next < a",
    ]);
    expect(await ask(both, "f", { chosen: parseWish("g=2 b=1") })).toEqual([
      "c 2 next < f",
      "f 2 next",
      "g 2 next < f",
    ]);
    expect(await ask(both, "x", { chosen: parseWish("b=1") })).toEqual(["b 1 debian < x", "x 2 next"]);
    expect(await ask(sources, "a", { chosen: parseWish("a@next") })).toContain("a 2 next");
    expect((await ask(sources, "a", { chosen: parseWish("q=1") }))[0]).toBe(
      'unknown-package: Cannot find the version "1" of the package "q"',
    );
  });

  test("names sources that are not there, and those without the architecture", async () => {
    expect(await ask(sources, "a@nowhere")).toEqual([
      'bad-source: Cannot take "a" from "nowhere": there is no such source',
      'There are "debian", "next"',
      "Add it to the inputs of flake.yaml: nowhere: { apt: … }",
    ]);
  });

  test("takes from a backports suite only where its source is named, and has nothing else", async () => {
    const archive = temporary.archive("mixed", { name: "k", version: "1", suite: "stable" });
    archive.add({ name: "k", version: "2", suite: "backports" }, { name: "l", version: "2", suite: "backports" });
    archive.publish().publish({ suite: "backports", isNotAutomatic: true });
    const components = ["main"];
    const parts = { suites: ["stable", "backports"], components };
    const mixed = await temporary.lock("mixed", archive.describeSource({ parts }));
    expect(await ask([mixed], "k")).toEqual(["k 1 mixed"]);
    expect(await ask([mixed], "k@mixed")).toEqual(["k 1 mixed"]);
    expect(await ask([mixed], "l@mixed k=2")).toEqual(["k 2 mixed", "l 2 mixed"]);
    const alone = { suites: ["backports"], components };
    const stable = await temporary.lock("stable", archive.describeSource());
    const late = await temporary.lock("late", archive.describeSource({ parts: alone }), true);
    expect(await ask([stable, late], "k")).toEqual(["k 1 stable"]);
    expect(await ask([stable, late], "k@late")).toEqual(["k 2 late"]);
  });
});

describe("resolve refuses", () => {
  let debian: LockedSource;
  beforeEach(async () => {
    debian = await temporary.lockPackages("debian", basics);
  });
  const fix = "Leave one of those packages out, take it from another source, or exclude less";

  test("names that are not there, with the nearest, the architecture, or who provides them", async () => {
    expect(await ask([debian], "unwantd mta only zzzzzzzz")).toEqual([
      'unknown-package: Cannot find the package "unwantd"',
      'None of these sources has it: "debian"',
      'Did you mean "unwanted"?',
      'unknown-package: Cannot find the package "mta"',
      'It is a name that others provide: "mta-1", "mta-2"',
      "Ask for one of those",
      'unknown-package: Cannot find the package "only"',
      "It is there for arm64, and amd64 is wanted",
      "Leave it out on hosts of this architecture",
      'unknown-package: Cannot find the package "zzzzzzzz"',
      'None of these sources has it: "debian"',
      "Correct the name, or add the source that has it",
    ]);
    const { problems } = await temporary.resolve({ sources: [debian], asked: parseWish("b unwantd") });
    expect(problems.map(({ names }) => names)).toEqual([["unwantd"]]);
  });

  test("names that are none, without giving them to apt", async () => {
    const odd = ["-oAPT::Update::Pre-Invoke::=touch /tmp/x", "a b", "?essential", "b-", "b+", "*", "b/stable", "b=1"];
    const { problems } = await temporary.resolve({ sources: [debian], asked: odd.map((name) => ({ name })) });
    expect(problems.map(({ diagnostic: { code }, names }) => [code, ...names])).toEqual(
      odd.map((name) => ["unknown-package", name]),
    );
    expect(
      await ask([debian], "d b", { excluded: ["*", "x\n\nPackage: *\nPin: version *\nPin-Priority: -1"] }),
    ).toHaveLength(3);
    const version = "1\nPin-Priority: -1";
    const [problem] = await ask([debian], "d", { chosen: [{ name: "b", version }] });
    expect(problem).toMatch(/^unknown-package: Cannot find the version/);
    expect((await ask([debian], "d", { architecture: 'amd64"; Dir "/' }))[0]).toMatch(
      /^bad-source: Cannot read "amd64/,
    );
  });

  test("packages that cannot be together, naming those that lead to them", async () => {
    expect(await ask([debian], "mta-2 user b")).toEqual([
      'no-solution: Cannot find packages that fulfil all that is asked for: "user"',
      '"user" needs "mta-1", which cannot be together with "mta-2"',
      fix,
    ]);
  });

  test("what needs something that is not there, or is excluded", async () => {
    expect(await ask([debian], "new b")).toEqual([
      'no-solution: Cannot find packages that fulfil all that is asked for: "new"',
      '"new" needs "b" (>= 2), and 1 would be taken or "none", which no source has',
      fix,
    ]);
    expect(await ask([debian], "user", { excluded: ["mta-1"] })).toEqual([
      'no-solution: Cannot find packages that fulfil all that is asked for: "user"',
      '"user" needs "mta-1", which is excluded',
      fix,
    ]);
    expect(await ask([debian], "user", { excluded: ["user"] })).toEqual([
      'no-solution: Cannot take the package "user": it is asked for, and excluded',
      "Remove one of the two",
    ]);
  });

  test("one package in two ways", async () => {
    expect(await ask([debian], "b b=1")).toEqual([
      'no-solution: Cannot take the package "b" in two ways at once',
      "any version of any source is asked for",
      'the version "1" of any source is asked for',
      "Ask for it in one way",
    ]);
  });

  test("takes another alternative for what is excluded", async () => {
    expect(await ask([debian], "a", { excluded: ["b", "d"] })).toContain(fix);
    expect(await ask([debian], "new a", { excluded: ["c"] })).toContain(fix);
    const choice = await temporary.lockPackages("choice", [
      { name: "a", version: "1", depends: "b | c" },
      { name: "b", version: "1" },
      { name: "c", version: "1" },
    ]);
    expect(await ask([choice], "a", { excluded: ["b"] })).toEqual(["a 1 choice", "c 1 choice < a"]);
  });
});
