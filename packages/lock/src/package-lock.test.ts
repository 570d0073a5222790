import {
  type Closure,
  comparePackages,
  emptyLock,
  findClosure,
  findSource,
  type Lockfile,
  mergeConflicted,
  mergeLocks,
  packageLockOf,
  parseLock,
  renderLock,
  type SourcePin,
} from "@firn/lock";
import type { ClosureMember } from "@firn/package-manager";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

const file = "lockfile.json";
const parse = (text: string) => parseLock(text, { file });
const hashOf = (text: string) => Buffer.from(text).toString("hex").padEnd(64, "0").slice(0, 64);

const day = (number: number) => `2026-11-${String(number).padStart(2, "0")}T08:00:00Z`;

const sourceAt = (date: string, suites = ["bookworm"]): SourcePin => ({
  want: {
    manager: "apt",
    address: "https://deb.debian.org/debian",
    architectures: ["amd64"],
    keys: ["0F".repeat(20)],
    parts: { components: ["main"], suites },
  },
  date,
  lists: {
    "dists/bookworm/InRelease": { sha256: hashOf(`r${date}`), size: 100 },
    "dists/bookworm/main/binary-amd64/Packages": { sha256: hashOf(`p${date}`), size: 2000 },
  },
});

const member = (name: string, version: string, more: Partial<ClosureMember> = {}): ClosureMember => ({
  name,
  version,
  architecture: "amd64",
  source: "debian",
  sha256: hashOf(`${name} ${version}`),
  size: name.length * 1000,
  path: `pool/main/${name}_${version}.deb`,
  ...more,
});

const closureOf = (packages: readonly ClosureMember[], date: string, more: Partial<Closure> = {}): Closure => ({
  architecture: "amd64",
  sources: [{ name: "debian", isOnRequest: false, date }],
  asked: packages.filter(({ neededBy }) => neededBy === undefined).map(({ name }) => ({ name })),
  excluded: [],
  packages,
  ...more,
});

const lockOf = (sources: Record<string, SourcePin>, closures: Record<string, Closure>): Lockfile => ({
  lockfileVersion: 1,
  inputs: {},
  ...packageLockOf(new Map(Object.entries(sources)), new Map(Object.entries(closures))),
});

const nginx = member("nginx", "1.22.1-9");
const libc = member("libc6", "2.36-9", { neededBy: "nginx" });
const jq = member("jq", "1.7", { source: "trixie", architecture: "all" });

const whole = lockOf(
  { debian: sourceAt(day(1)), trixie: sourceAt(day(2)) },
  {
    web: closureOf([libc, nginx], day(1)),
    "web/ada": closureOf([jq], day(1), {
      sources: [
        { name: "debian", isOnRequest: false, date: day(1) },
        { name: "trixie", isOnRequest: true, date: day(2) },
      ],
      asked: [{ name: "jq", source: "trixie", version: "1.7" }, { name: "zsh" }],
      chosen: [{ name: "libc6", source: "trixie" }],
      excluded: ["perl"],
    }),
  },
);

describe("renderLock of packages", () => {
  test("has a line for each package, each file once, and nothing of what is empty", () => {
    expect(renderLock({ ...emptyLock, sources: {}, closures: {} })).toBe(renderLock(emptyLock));
    const [head = "", ...rest] = renderLock(whole).split('"packages": {\n    "debian"');
    expect(`"packages": {\n    "debian"${rest.join("")}`).toBe(`"packages": {
    "debian": {
      "libc6 2.36-9 amd64": { "sha256": "${libc.sha256}", "size": 5000, "path": "pool/main/libc6_2.36-9.deb" },
      "nginx 1.22.1-9 amd64": { "sha256": "${nginx.sha256}", "size": 5000, "path": "pool/main/nginx_1.22.1-9.deb" }
    },
    "trixie": {
      "jq 1.7 all": { "sha256": "${jq.sha256}", "size": 2000, "path": "pool/main/jq_1.7.deb" }
    }
  },
  "closures": {
    "web": {
      "architecture": "amd64",
      "sources": { "debian": "2026-11-01T08:00:00Z" },
      "asked": ["nginx"],
      "packages": {
        "debian": {
          "libc6 2.36-9 amd64": "needed by nginx",
          "nginx 1.22.1-9 amd64": "asked"
        }
      }
    },
    "web/ada": {
      "architecture": "amd64",
      "sources": { "debian": "2026-11-01T08:00:00Z", "trixie": "2026-11-02T08:00:00Z on request" },
      "asked": [{ "name": "jq", "source": "trixie", "version": "1.7" }, "zsh"],
      "chosen": [{ "name": "libc6", "source": "trixie" }],
      "excluded": ["perl"],
      "packages": {
        "trixie": {
          "jq 1.7 all": "asked"
        }
      }
    }
  }
}
`);
    expect(head.startsWith('{\n  "lockfileVersion": 1,\n  "inputs": {},\n  "sources": {\n    "debian": {\n')).toBe(
      true,
    );
  });

  test("gives a text that parses to the same lock", () => {
    const { lock, diagnostics } = parse(renderLock(whole));
    expect(diagnostics).toStrictEqual([]);
    expect(lock).toEqual(whole);
    expect(lock && renderLock(lock)).toBe(renderLock(whole));
  });
});

describe("findSource and findClosure", () => {
  test("find what there is, and nothing that every object has", () => {
    expect(findSource(whole, "trixie")?.date).toBe(day(2));
    expect(findClosure(whole, "web")?.packages.length).toBe(2);
    const plain = { ...emptyLock, sources: {}, closures: {} };
    expect([findSource(plain, "constructor"), findClosure(plain, "constructor")]).toStrictEqual([undefined, undefined]);
    expect([findSource(emptyLock, "a"), findClosure(emptyLock, "a")]).toStrictEqual([undefined, undefined]);
  });
});

describe("parseLock refuses packages, at the line and column", () => {
  const text = renderLock(whole);
  /** Message, place and fact of each problem. */
  const problemsOf = (changed: string) =>
    parse(changed).diagnostics.map(({ message, marks, why }) => {
      const position = marks[0]?.place.position;
      const line = changed.split("\n")[(position?.line ?? 0) - 1]?.slice((position?.column ?? 0) - 1);
      return [message.replace("Cannot ", ""), line?.slice(0, 12), why?.[0]];
    });
  const web = 'use the packages of "web"';
  const read = 'read "lockfile.json"';

  test.each([
    [
      /"date": "2026-11-01T/,
      '"date": "yesterday ',
      'use the pin of "debian"',
      '"yesterday 0',
      '"date" is no moment in UTC',
    ],
    [/"date": "2026-11-01T08:00:00Z",\n/, "", 'use the pin of "debian"', "{", '"date" is missing'],
    [/"want": \{/, '"won": 1, "want": {', 'use the pin of "debian"', '"won": 1, "w', 'The pin has no field "won"'],
    [/"apt": "[^"]*",/, "", 'use the pin of "debian"', "{", '"want" has no address'],
    [
      /"keys": \["0F/,
      '"keys": ["0f',
      'use the pin of "debian"',
      '["0f0F0F0F0F',
      '"want.keys" has what is no fingerprint',
    ],
    [
      /"size": 100 /,
      '"size": -1 ',
      'use the pin of "debian"',
      '{ "sha256": ',
      '"dists/bookworm/InRelease" has not "sha256" with 64 hexadecimal digits, and "size"',
    ],
    [
      /amd64": \{ "sha256": "./,
      'amd64": { "sha256": "X',
      read,
      '{ "sha256": ',
      '"sha256" of "libc6 2.36-9 amd64" is not 64 hexadecimal digits',
    ],
    [/"size": 5000/, '"size": "5000"', read, '{ "sha256": ', '"size" of "libc6 2.36-9 amd64" is no number of bytes'],
    [
      /"pool\/main/,
      '"pool/../main',
      read,
      '{ "sha256": ',
      '"path" of "libc6 2.36-9 amd64" is no path below the address of its source',
    ],
    [
      /"libc6 2.36-9 amd64": \{/,
      '"libc6 2.36-9": {',
      read,
      '{ "sha256": ',
      '"libc6 2.36-9" is not a name, a version and an architecture',
    ],
    [
      / {6}"libc6 2.36-9 amd64": \{.*\n/,
      "",
      web,
      '"libc6 2.36-',
      '"packages" of the lock has no "libc6 2.36-9 amd64" of "debian"',
    ],
    [/ {10}"libc6 2.36-9 amd64": .*\n/, "", read, '"libc6 2.36-', 'No closure has the package "libc6 2.36-9 amd64"'],
    [
      /needed by nginx/,
      "for nginx",
      web,
      '"for nginx",',
      '"libc6 2.36-9 amd64" is neither "asked" nor "needed by" another',
    ],
    [
      /"asked": \["nginx"\]/,
      '"asked": [{ "name": "nginx" }]',
      web,
      '[{ "name": "',
      '"asked" has what is neither a name nor "name" with "source" or "version"',
    ],
    [/"asked": \["nginx"\],\n/, "", web, "{", '"asked" is missing'],
    [/"architecture": "amd64",\n/, "", web, "{", '"architecture" is no word'],
    [
      /"architecture": "amd64",\n/,
      '"architecture": "amd64", "color": "red",\n',
      web,
      '"color": "re',
      'It has no field "color"',
    ],
    [
      /00Z on request/,
      "00Z often",
      'use the packages of "web/ada"',
      '"2026-11-02T',
      '"trixie" is not since a moment in UTC',
    ],
    [
      /"excluded": \["perl"\]/,
      '"excluded": "perl"',
      'use the packages of "web/ada"',
      '"perl",',
      '"excluded" is no list of names',
    ],
    [
      /\{ "debian": "2026-11-01T08:00:00Z" \}/,
      '{ "sid": "2026-11-01T08:00:00Z" }',
      web,
      '"sid": "2026',
      'The lock has no source "sid"',
    ],
    [/"closures": \{[^]*/, '"closures": 1 }', read, "1 }", '"closures" is no object'],
  ])("%s", (old, now, message, place, fact) => {
    const changed = text.replace(old, now);
    expect(changed).not.toBe(text);
    const problems = problemsOf(changed);
    expect(problems[0]?.map((one) => one?.trim())).toStrictEqual([message, place.trim(), fact]);
  });

  test("a package that stands twice", () => {
    const line = / {6}"jq 1.7 all": .*\n/.exec(text)?.[0] ?? "";
    expect(problemsOf(text.replace(line, `${line.trimEnd()},\n${line}`)).map(([, , fact]) => fact)).toStrictEqual([
      'The text is wrong here: "jq 1.7 all" stands twice',
    ]);
  });

  test("but what git can leave behind is mended where conflicts are: such closures count as not locked", () => {
    const missing = text.replace(/ {6}"libc6 2.36-9 amd64": \{.*\n/, "");
    const { lock, diagnostics } = mergeConflicted(missing, { file });
    expect(diagnostics).toStrictEqual([]);
    expect(Object.keys(lock?.closures ?? {})).toStrictEqual(["web/ada"]);
    const unused = text.replace(/ {10}"libc6 2.36-9 amd64": .*\n/, "");
    expect(mergeConflicted(unused, { file }).lock?.closures?.["web"]?.packages).toStrictEqual([nginx]);
  });
});

describe("mergeLocks of packages", () => {
  const closures = (web: Closure, more: Record<string, Closure> = {}) => ({ web, ...more });
  const base = lockOf({ debian: sourceAt(day(1)) }, closures(closureOf([nginx], day(1))));
  const withPackage = lockOf({ debian: sourceAt(day(1)) }, closures(closureOf([member("jq", "1.6"), nginx], day(1))));
  const withHost = lockOf(
    { debian: sourceAt(day(1)) },
    closures(closureOf([nginx], day(1)), { db: closureOf([libc], day(1)) }),
  );
  const moved = (number: number) =>
    lockOf({ debian: sourceAt(day(number)) }, closures(closureOf([member("nginx", `1.${number}`)], day(number))));
  const removed = lockOf({}, {});
  const wanting = lockOf({ debian: sourceAt(day(1), ["sid"]) }, {});

  const bothWays = (before: Lockfile | undefined, ours: Lockfile, theirs: Lockfile) => {
    const { lock } = mergeLocks(before, ours, theirs);
    expect(renderLock(mergeLocks(before, theirs, ours).lock)).toBe(renderLock(lock));
    expect(parse(renderLock(lock)).diagnostics).toStrictEqual([]);
    return lock;
  };

  test("takes what one side changed", () => {
    expect(bothWays(base, withPackage, base)).toEqual(withPackage);
    expect(bothWays(base, removed, base)).toEqual(removed);
    expect(Object.keys(bothWays(base, withPackage, withHost).closures ?? {})).toStrictEqual(["db", "web"]);
  });

  test("leaves out a closure that both changed, and takes the newer state of a source", () => {
    expect(bothWays(base, withPackage, moved(2))).toEqual(lockOf({ debian: sourceAt(day(2)) }, {}));
    expect(bothWays(base, moved(3), moved(2))).toEqual(lockOf({ debian: sourceAt(day(3)) }, {}));
  });

  test("leaves out a source that both want otherwise, and what was made from it", () => {
    const other = lockOf({ debian: sourceAt(day(1), ["trixie"]) }, { db: closureOf([libc], day(1)) });
    expect(bothWays(base, wanting, other)).toEqual(removed);
  });

  test("keeps, without what both were made from, what only one has", () => {
    expect(bothWays(undefined, base, withHost)).toEqual(withHost);
    expect(bothWays(undefined, base, moved(2)).closures).toEqual({});
  });

  test("leaves out closures that have one package as two files", () => {
    const file2 = { ...nginx, sha256: hashOf("other") };
    const other = lockOf(
      { debian: sourceAt(day(1)) },
      { web: closureOf([nginx], day(1)), db: closureOf([file2], day(1)) },
    );
    expect(
      bothWays(base, base, lockOf({ debian: sourceAt(day(1)) }, { db: closureOf([file2], day(1)) })).closures,
    ).toEqual({ db: closureOf([file2], day(1)) });
    expect(
      bothWays(base, withPackage, { ...other, closures: { ...base.closures, ...other.closures } }).closures,
    ).toEqual({});
  });
});

describe("comparePackages", () => {
  test("tells what changed, by name", () => {
    const old = lockOf(
      { debian: sourceAt(day(1)), gone: sourceAt(day(1)) },
      {
        web: closureOf([libc, nginx, jq], day(1)),
        same: closureOf([nginx], day(1)),
        gone: closureOf([nginx], day(1)),
      },
    );
    const newer = member("nginx", "1.24-1", { architecture: "all" });
    const curl = member("curl", "8.1");
    const now = lockOf(
      { debian: sourceAt(day(2)), fresh: sourceAt(day(1)) },
      {
        web: closureOf([libc, newer, curl], day(2)),
        same: closureOf([nginx], day(1)),
        fresh: closureOf([nginx], day(1)),
      },
    );
    const { sources, closures } = comparePackages(old, now);
    expect(sources.map(({ name, kind, before, after }) => [name, kind, before?.date, after?.date])).toStrictEqual([
      ["debian", "updated", day(1), day(2)],
      ["fresh", "added", undefined, day(1)],
      ["gone", "removed", day(1), undefined],
    ]);
    expect(closures).toStrictEqual([
      { name: "fresh", kind: "added", added: [nginx], removed: [], moved: [] },
      { name: "gone", kind: "removed", added: [], removed: [nginx], moved: [] },
      { name: "web", kind: "updated", added: [curl], removed: [jq], moved: [{ before: nginx, after: newer }] },
    ]);
    expect(comparePackages(now, now)).toStrictEqual({ sources: [], closures: [] });
  });

  test("keeps packages of several architectures apart", () => {
    const [one, other] = [member("libc6", "1"), member("libc6", "1", { architecture: "i386" })];
    const [before, after] = [[one], [one, other]].map((packages) => lockOf({}, { web: closureOf(packages, day(1)) }));
    const { closures } = comparePackages(before ?? emptyLock, after ?? emptyLock);
    expect(closures.flatMap(({ added, removed }) => [added.length, removed.length])).toStrictEqual([2, 1]);
  });
});

describe("any lock with packages", () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9.+~:-]{0,6}$/);
  const name = fc.constantFrom("a", "web", "constructor", "toString", "Z");
  const date = fc.integer({ min: 1, max: 28 }).map(day);
  const source = fc.tuple(date, fc.array(word, { minLength: 1 })).map(([at, suites]) => sourceAt(at, suites));
  const sources = fc.dictionary(name, source, { minKeys: 1 });
  const request = fc.record({ name: word, source: fc.option(word), version: fc.option(word) }).map((one) => ({
    name: one.name,
    ...(one.source !== null && { source: one.source }),
    ...(one.version !== null && { version: one.version }),
  }));
  const lock = sources.chain((pins) => {
    const origins = Object.keys(pins).map((each) => ({ name: each, isOnRequest: each > "b", date: day(1) }));
    const pin = fc.tuple(word, word, fc.constantFrom(...Object.keys(pins)), fc.option(word));
    const packages = fc
      .uniqueArray(pin, { selector: ([one]) => one })
      .map((all) =>
        all
          .map(([one, version, from, by]) =>
            member(one, version, { source: from, ...(by !== null && { neededBy: by }) }),
          )
          .toSorted((one, other) => (one.name < other.name ? -1 : 1)),
      );
    const closure = fc
      .record({ packages, asked: fc.array(request), excluded: fc.array(word) })
      .map((one) => ({ ...one, architecture: "amd64", sources: origins }));
    return fc.dictionary(fc.oneof(name, fc.constant("web/ada")), closure).map((all) => lockOf(pins, all));
  });

  test("parses from its text to what it was", () => {
    fc.assert(
      fc.property(lock, (one) => {
        const { lock: parsed, diagnostics } = parse(renderLock(one));
        expect(diagnostics).toStrictEqual([]);
        expect(parsed).toEqual(one);
      }),
    );
  });

  test("merges with itself, and with nothing, whatever both were made from", () => {
    fc.assert(
      fc.property(lock, lock, (one, other) => {
        expect(mergeLocks(undefined, one, one).lock).toEqual(one);
        expect(mergeLocks(other, one, other).lock).toEqual(one);
        expect(parse(renderLock(mergeLocks(undefined, one, other).lock)).diagnostics).toStrictEqual([]);
      }),
    );
  });
});

describe("packages that a flake makes itself", () => {
  const tool = { name: "tool", version: "1.7+firn.3fa9c1d2", architecture: "all", size: 0, path: "" };
  const made = { ...tool, source: "own", sha256: "a".repeat(64) };
  const closure = { ...closureOf([made], day(1)), own: ["tool 1.7+firn.3fa9c1d2"] };
  const text = renderLock(lockOf({ debian: sourceAt(day(1)) }, { web: closure }));

  test("stand in a lock with the hash of their recipe, and no file", () => {
    expect(text).toContain(`"tool 1.7+firn.3fa9c1d2 all": { "recipe": "${"a".repeat(64)}" }`);
    expect(text).toContain('"own": ["tool 1.7+firn.3fa9c1d2"]');
    const { diagnostics, lock } = parse(text);
    expect(diagnostics).toStrictEqual([]);
    expect(lock?.closures["web"]).toStrictEqual(closure);
  });

  test.each([
    ["a recipe that is no hash", [`"${"a".repeat(64)}"`, '"a"'], '"recipe" of "tool 1.7+firn.3fa9c1d2 all"'],
    ["a file", ['{ "recipe"', '{ "size": 1, "recipe"'], 'has more than "recipe"'],
    ["a name without a version", ['["tool 1.7+firn.3fa9c1d2"]', '["tool"]'], '"own" is no list of names with versions'],
  ])("refuses %s", (_, [from = "", to = ""], told) => {
    const messages = parse(text.replace(from, to)).diagnostics.flatMap(({ message, why = [] }) => [message, ...why]);
    expect(messages.join("\n")).toContain(told);
  });
});
