import type { Mark } from "@firn/diagnostic";
import { parseFlake } from "@firn/flake-file";
import { type Closure, emptyLock, type PackageLock, renderLock, type SourcePin } from "@firn/lock";
import type { ClosureMember, ClosureRequest, PackageSource, ResolveRequest } from "@firn/package-manager";
import {
  findStaleClosures,
  findStaleSources,
  lockPackages,
  type LockPackagesRequest,
  type PackageResolver,
} from "@firn/resolve";
import { beforeEach, describe, expect, test } from "vitest";

const key = "0F".repeat(20);
const day = (number: number) => `2026-11-${String(number).padStart(2, "0")}T08:00:00Z`;

/** What archives have now, by suite: versions of packages, each of which needs "libc6" if that is there. */
let archives: Record<string, { date: string; packages: Record<string, string> }>;
/** What was asked of the manager. */
let calls: string[];

beforeEach(() => {
  calls = [];
  archives = {
    bookworm: { date: day(1), packages: { libc6: "2.36", nginx: "1.22", zsh: "5.9" } },
    trixie: { date: day(1), packages: { libc6: "2.41", nginx: "1.26", jq: "1.7" } },
  };
});

const suiteOf = (source: PackageSource) => source.parts["suites"]?.[0] ?? "";
const hashOf = (text: string) => Buffer.from(text).toString("hex").padEnd(64, "0").slice(0, 64);

/** The state of an archive is in the hash of its list, so that a locked one can be told from that of now. */
const states = new Map<string, Record<string, string>>();

const manager: PackageResolver = {
  name: "apt",
  base: ["libc6"],
  readSource: (source) => {
    const suite = suiteOf(source);
    calls.push(`read ${suite}`);
    const archive = archives[suite];
    if (archive === undefined) {
      const message = "Cannot fetch it";
      return Promise.resolve({
        problems: [{ names: [], diagnostic: { code: "fetch-failed", severity: "error", message, marks: [] } }],
      });
    }
    const { packages } = archive;
    const date = source.snapshot ?? archive.date;
    const sha256 = hashOf(JSON.stringify([suite, date, packages]).split("").toReversed().join(""));
    states.set(sha256, packages);
    return Promise.resolve({ value: { date, lists: { [suite]: { sha256, size: 1 } } }, problems: [] });
  },
  resolve: ({ asked, sources, ...rest }: ResolveRequest) => {
    calls.push(`resolve ${asked.map(({ name }) => name).join(" ")} of ${sources.map(({ name }) => name).join(" ")}`);
    const find = (name: string, wanted?: string) =>
      sources.flatMap((source) => {
        const version = states.get(Object.values(source.state.lists)[0]?.sha256 ?? "")?.[name];
        const isUsed = wanted === undefined ? !source.isOnRequest : source.name === wanted;
        return version === undefined || !isUsed ? [] : [{ source: source.name, version }];
      })[0];
    const unknown = asked.filter(({ name, source }) => find(name, source) === undefined);
    if (unknown.length > 0) {
      return Promise.resolve({
        problems: unknown.map(({ name }) => ({
          names: [name],
          diagnostic: { code: "unknown-package", severity: "error", message: `Cannot find "${name}"`, marks: [] },
        })),
      });
    }
    const member = (name: string, wanted?: string, neededBy?: string): ClosureMember => {
      const { source, version } = find(name, wanted) ?? { source: "", version: "" };
      const sha256 = hashOf(`${name} ${version}`);
      return {
        name,
        version,
        architecture: rest.architecture,
        source,
        sha256,
        size: 10,
        path: `${name}.deb`,
        ...(neededBy !== undefined && { neededBy }),
      };
    };
    const named = asked.map(({ name, source }) => member(name, source));
    const needed =
      asked.length === 0 || asked.some(({ name }) => name === "libc6")
        ? []
        : [member("libc6", undefined, asked[0]?.name)];
    return Promise.resolve({ value: [...needed, ...named], problems: [] });
  },
  listNames: () => Promise.resolve({ value: [], problems: [] }),
  describe: () => Promise.resolve({ value: new Map(), problems: [] }),
  compareVersions: (one, other) => (one < other ? -1 : Number(one > other)),
  addressesOf: () => [],
};

const managers = new Map([["apt", manager]]);

const sourcesOf = (text: string) => {
  const { manifest, diagnostics } = parseFlake(`inputs:\n${text}`, { file: "flake.yaml" });
  expect(diagnostics).toStrictEqual([]);
  return manifest.sources;
};
const entry = (name: string, suite: string, more = "") =>
  `  ${name}: { apt: "http://a.example/d", suites: [${suite}], keys: [${key}]${more} }\n`;
const debian = sourcesOf(entry("debian", "bookworm"));
const both = sourcesOf(entry("debian", "bookworm") + entry("next", "trixie", ", onRequest: true"));

const markAt = (line: number): Mark => ({
  role: "defined here",
  place: { position: { file: "web.ts", line, column: 1 } },
});

const asks = (
  name: string,
  names: readonly (string | { name: string; source: string })[],
  more: Partial<ClosureRequest> = {},
): ClosureRequest => ({
  name,
  architecture: "amd64",
  sources: [
    { name: "debian", isOnRequest: false },
    { name: "next", isOnRequest: true },
  ],
  asked: names.map((one) => (typeof one === "string" ? { name: one } : one)),
  excluded: [],
  marks: new Map(names.map((one, index) => [typeof one === "string" ? one : one.name, [markAt(index + 1)]])),
  ...more,
});

const lock = (request: Partial<LockPackagesRequest> & Pick<LockPackagesRequest, "requests">) =>
  lockPackages({ sources: debian, previous: emptyLock, managers, ...request });

const lockWell = async (request: Parameters<typeof lock>[0]): Promise<PackageLock> => {
  const { packages, problems } = await lock(request);
  expect(problems).toStrictEqual([]);
  return packages ?? emptyLock;
};

const shown = ({ closures }: PackageLock) =>
  Object.fromEntries(
    Object.entries(closures).map(([name, { packages }]) => [
      name,
      packages.map((one) => `${one.name} ${one.version} ${one.source}`),
    ]),
  );
const textOf = (packages: PackageLock) => renderLock({ ...emptyLock, ...packages });

describe("lockPackages", () => {
  test("pins sources and finds closures, equal ones once", async () => {
    const packages = await lockWell({ requests: [asks("web", ["nginx"]), asks("db", ["nginx"]), asks("web/ada", [])] });
    expect(shown(packages)).toStrictEqual({
      web: ["libc6 2.36 debian", "nginx 1.22 debian"],
      db: ["libc6 2.36 debian", "nginx 1.22 debian"],
      "web/ada": [],
    });
    expect(packages.sources["debian"]?.date).toBe(day(1));
    expect(packages.sources["debian"]?.want).not.toHaveProperty("mirrors");
    expect(packages.closures["web"]?.sources).toStrictEqual([{ name: "debian", isOnRequest: false, date: day(1) }]);
    expect(calls).toStrictEqual(["read bookworm", "resolve nginx of debian"]);
  });

  test("asks nothing when nothing changed, and gives the same text", async () => {
    const requests = [asks("web", ["zsh", "nginx"], { excluded: ["b", "a"] })];
    const previous = await lockWell({ requests });
    calls = [];
    const again = [asks("web", ["nginx", "zsh"], { excluded: ["a", "b"] })];
    expect(textOf(await lockWell({ requests: again, previous }))).toBe(textOf(previous));
    expect(textOf(await lockWell({ requests: again, previous }))).toBe(textOf(previous));
    expect(calls).toStrictEqual([]);
  });

  test("adds what a definition needs, and moves nothing else, though the source has moved", async () => {
    const previous = await lockWell({ requests: [asks("web", ["nginx"]), asks("db", ["zsh"])] });
    archives["bookworm"] = { date: day(2), packages: { libc6: "2.37", nginx: "1.23", zsh: "6.0" } };
    calls = [];
    const packages = await lockWell({ requests: [asks("web", ["nginx", "zsh"]), asks("db", ["zsh"])], previous });
    expect(shown(packages)["web"]).toStrictEqual(["libc6 2.36 debian", "nginx 1.22 debian", "zsh 5.9 debian"]);
    expect(packages.closures["db"]).toBe(previous.closures["db"]);
    expect(packages.sources["debian"]).toBe(previous.sources["debian"]);
    expect(calls).toStrictEqual(["resolve nginx zsh of debian"]);
  });

  test("drops closures and sources that nobody asks for, and keeps those that it is told to", async () => {
    const requests = [asks("web", ["nginx"]), asks("db", ["zsh"]), asks("lost", [{ name: "jq", source: "next" }])];
    const previous = await lockWell({ sources: both, requests });
    const packages = await lockWell({ previous, requests: [], kept: ["db", "lost", "none"] });
    expect(Object.keys(packages.closures)).toStrictEqual(["db"]);
    expect(Object.keys(packages.sources)).toStrictEqual(["debian"]);
  });

  test("moves the sources that are named, and the closures made from them", async () => {
    const requests = [asks("web", ["nginx"]), asks("db", ["zsh", { name: "jq", source: "next" }])];
    const previous = await lockWell({ sources: both, requests });
    archives["trixie"] = { date: day(3), packages: { libc6: "2.42", jq: "1.8" } };
    archives["bookworm"] = { date: day(3), packages: {} };
    calls = [];
    const packages = await lockWell({ sources: both, previous, requests, update: ["next"] });
    expect(calls).toStrictEqual(["read trixie", "resolve jq zsh of debian next"]);
    expect(packages.closures["web"]).toBe(previous.closures["web"]);
    expect(shown(packages)["db"]).toStrictEqual(["libc6 2.36 debian", "jq 1.8 next", "zsh 5.9 debian"]);
  });

  test("finds closures anew where lists changed, though the date of the newest did not", async () => {
    const requests = [asks("web", ["nginx"])];
    const previous = await lockWell({ requests });
    archives["bookworm"] = { date: day(1), packages: { libc6: "2.37", nginx: "1.22" } };
    const packages = await lockWell({ requests, previous, update: "all" });
    expect(shown(packages)["web"]).toStrictEqual(["libc6 2.37 debian", "nginx 1.22 debian"]);
  });

  test("reads a source anew that is wanted otherwise, but not for the sake of mirrors and keyrings", async () => {
    const requests = [asks("web", ["nginx"])];
    const previous = await lockWell({ requests });
    calls = [];
    await lockWell({
      requests,
      previous,
      sources: sourcesOf(entry("debian", "bookworm", ", mirrors: [http://m.example/d], keyring: k.gpg")),
    });
    expect(calls).toStrictEqual([]);
    await lockWell({
      requests,
      previous,
      sources: sourcesOf(entry("debian", "bookworm", ", architectures: [amd64, arm64]")),
    });
    expect(calls).toStrictEqual(["read bookworm"]);
  });

  test("refuses a state that is older than the locked one, unless a moment is asked for", async () => {
    const requests = [asks("web", ["nginx"])];
    archives["bookworm"] = { date: day(5), packages: { nginx: "1.23", libc6: "1" } };
    const previous = await lockWell({ requests });
    archives["bookworm"] = { date: day(4), packages: { nginx: "1.22", libc6: "1" } };
    const { packages, problems } = await lock({ requests, previous, update: "all" });
    expect(packages).toBeUndefined();
    expect(
      problems.map(({ diagnostic: { code, message, marks } }) => [code, message, marks[0]?.place.position]),
    ).toStrictEqual([
      [
        "bad-source",
        'Cannot update the source "debian": what it has is older than what the lock has',
        { file: "flake.yaml", line: 2, column: 3 },
      ],
    ]);
    const snapshot = sourcesOf(entry("debian", "bookworm", `, snapshot: "${day(4)}"`));
    expect((await lockWell({ requests, previous, sources: snapshot })).sources["debian"]?.date).toBe(day(4));
    archives["trixie"] = { date: day(2), packages: { nginx: "1.26", libc6: "1" } };
    const moved = await lockWell({ requests, previous, sources: sourcesOf(entry("debian", "trixie")) });
    expect(moved.sources["debian"]?.date).toBe(day(2));
  });

  test("says what the manager says, where it is asked for", async () => {
    const { packages, problems } = await lock({ requests: [asks("web", ["nginx", "ngnix"]), asks("db", ["zsch"])] });
    expect(packages).toBeUndefined();
    expect(problems.map(({ closure, diagnostic }) => [closure, diagnostic.message, diagnostic.marks])).toStrictEqual([
      ["db", 'Cannot find "zsch"', [markAt(1)]],
      ["web", 'Cannot find "ngnix"', [markAt(2)]],
    ]);
  });

  test("asks again with sources that nobody named, so that the manager can say that one has it", async () => {
    await lock({ sources: both, requests: [asks("web", ["jq"])] });
    expect(calls.slice(-2)).toStrictEqual(["resolve jq of debian", "resolve jq of debian next"]);
  });

  test("says which source cannot be read, where it is declared, and asks for no closure", async () => {
    const sources = sourcesOf(entry("debian", "bookworm") + entry("sid", "sid"));
    const { problems } = await lock({ sources, requests: [asks("web", ["nginx"])] });
    expect(
      problems.map(({ diagnostic: { message, marks } }) => [message, marks[0]?.place.position?.line]),
    ).toStrictEqual([["Cannot fetch it", 3]]);
    expect(calls).not.toContain("resolve nginx of debian");
  });

  test("says what no source can mend", async () => {
    const messages = async (request: Parameters<typeof lock>[0]) =>
      (await lock(request)).problems.map(({ diagnostic: { code, message, fix } }) => [code, message, fix]);
    expect(await messages({ requests: [asks("web", [{ name: "jq", source: "nxt" }])], sources: both })).toStrictEqual([
      ["unknown-input", 'Cannot take the package "jq" from "nxt": there is no such source', 'Did you mean "next"?'],
    ]);
    expect(await messages({ requests: [asks("web", ["jq"], { sources: [] })], sources: {} })).toStrictEqual([
      [
        "unknown-package",
        'Cannot find the package "jq": the flake has no source of packages',
        "Declare a source below inputs in flake.yaml, such as apt: https://deb.debian.org/debian",
      ],
    ]);
    expect(await messages({ requests: [], managers: new Map() })).toStrictEqual([
      ["bad-source", 'Cannot read the source "debian": this Firn has no package manager "apt"', undefined],
    ]);
  });

  test("gives a closure with a slash in its name what every tree has, unless that is excluded", async () => {
    const requests = [asks("web", ["zsh"]), asks("web/homes/ada", ["zsh"])];
    const { closures } = await lockWell({ requests });
    const needs = (name: string) => closures[name]?.packages.map((each) => `${each.name} ${each.neededBy ?? "asked"}`);
    expect(needs("web")).toStrictEqual(["libc6 zsh", "zsh asked"]);
    expect(needs("web/homes/ada")?.toSorted()).toStrictEqual(["libc6 /usr", "zsh asked"]);
    const [excluding] = [asks("web/homes/ada", ["zsh"], { excluded: ["libc6"] })];
    const other = await lockWell({ requests: [excluding] });
    expect(other.closures["web/homes/ada"]?.packages.map((each) => each.neededBy)).toStrictEqual(["zsh", undefined]);
  });

  test("says, where nothing may be read, what is stale, and nothing else", async () => {
    const requests = [asks("web", ["nginx"])];
    const previous = await lockWell({ requests });
    const frozen = (request: Pick<LockPackagesRequest, "requests" | "sources">) =>
      lockPackages({ previous, ...request });
    expect((await frozen({ sources: debian, requests })).packages).toEqual(previous);
    const messages = async (request: Pick<LockPackagesRequest, "requests" | "sources">) =>
      (await frozen(request)).problems.map(({ diagnostic: { code, message } }) => [code, message]);
    expect(await messages({ sources: both, requests })).toStrictEqual([
      ["stale-lock", 'Cannot use the source "next": the lock has no state of it'],
    ]);
    expect(await messages({ sources: sourcesOf(entry("debian", "sid")), requests })).toStrictEqual([
      ["stale-lock", 'Cannot use the source "debian": flake.yaml asks for something else than the lock has'],
    ]);
    expect(await messages({ sources: debian, requests: [] })).toStrictEqual([
      ["stale-lock", 'Cannot go on with "web": lockfile.json has it, and nothing asks for it any more'],
    ]);
    expect(
      (await frozen({ sources: {}, requests: [] })).problems.map(({ diagnostic }) => diagnostic.message),
    ).toContain('Cannot go on with "debian": lockfile.json has it, and nothing asks for it any more');
    expect(await messages({ sources: debian, requests: [asks("web", ["nginx", "zsh"])] })).toStrictEqual([
      ["stale-lock", 'Cannot build "web": the lock has no packages for "zsh"'],
    ]);
  });
});

describe("findStaleSources", () => {
  test("finds those without a state, and those that are wanted otherwise, where they are declared", async () => {
    const previous = await lockWell({ requests: [] });
    expect(findStaleSources(debian, previous)).toStrictEqual([]);
    const told = (sources: LockPackagesRequest["sources"]) =>
      findStaleSources(sources, previous).map(({ code, message, marks }) => [
        code,
        message,
        marks[0]?.place.position?.line,
      ]);
    expect(told(both)).toStrictEqual([["stale-lock", 'Cannot use the source "next": the lock has no state of it', 3]]);
    expect(told(sourcesOf(entry("debian", "sid")))).toStrictEqual([
      ["stale-lock", 'Cannot use the source "debian": flake.yaml asks for something else than the lock has', 2],
    ]);
  });
});

describe("findStaleClosures", () => {
  const pin: SourcePin = {
    want: { manager: "apt", address: "http://a", architectures: [], keys: [], parts: {} },
    date: day(1),
    lists: {},
  };
  const closure: Closure = {
    architecture: "amd64",
    sources: [{ name: "debian", isOnRequest: false, date: day(1) }],
    asked: [{ name: "nginx" }],
    excluded: [],
    packages: [],
  };
  const locked: PackageLock = { sources: { debian: pin, next: pin }, closures: { web: closure } };

  test("finds nothing where the lock has what is asked for, whatever else there is", () => {
    expect(findStaleClosures([asks("web", ["nginx"])], locked)).toStrictEqual([]);
    expect(findStaleClosures([], locked)).toStrictEqual([]);
  });

  test("says to declare a source where there is none, which firn lock alone would not mend", () => {
    const [problem] = findStaleClosures([asks("web", ["nginx"], { sources: [] })], { sources: {}, closures: {} });
    expect(problem?.fix).toBe(
      "Declare a source below inputs in flake.yaml, such as apt: https://deb.debian.org/debian, then run: firn lock",
    );
  });

  test("names the packages that are missing, and where they are asked for", () => {
    expect(findStaleClosures([asks("web", ["nginx", "zsh", "jq"])], locked)).toStrictEqual([
      {
        code: "stale-lock",
        severity: "error",
        message: 'Cannot build "web": the lock has no packages for "jq", "zsh"',
        marks: [markAt(3), markAt(2)],
        optionPath: ["environment", "packages", "jq"],
        fix: "firn lock",
      },
    ]);
    const many = findStaleClosures([asks("db", ["a", "b", "c", "d", "e", "f", "g"])], locked);
    expect(many.map(({ message }) => message)).toStrictEqual([
      'Cannot build "db": the lock has no packages for "a", "b", "c", "d", "e" and 2 more',
    ]);
  });

  test.each([
    [asks("web", []), {}, 'Nothing asks for "nginx" any more'],
    [
      asks("web", ["nginx"]),
      { debian: { ...pin, date: day(2) } },
      `They are from the state of "debian" of ${day(1)}, which the lock no longer has`,
    ],
    [asks("web", ["nginx"], { excluded: ["perl"] }), {}, "Sources, versions or what is excluded are others now"],
    [asks("web", [{ name: "nginx", source: "next" }]), {}, "Sources, versions or what is excluded are others now"],
    [
      asks("web", ["nginx"], { chosen: [{ name: "libc6", version: "1" }] }),
      {},
      "Sources, versions or what is excluded are others now",
    ],
    [asks("web", ["nginx"], { architecture: "arm64" }), {}, "Sources, versions or what is excluded are others now"],
  ])("says what else is otherwise: %#", (request, sources, why) => {
    const [problem] = findStaleClosures([request], { ...locked, sources: { ...locked.sources, ...sources } });
    expect(problem?.message).toBe('Cannot build "web": its packages were locked for something else');
    expect(problem?.why).toStrictEqual([why]);
  });
});
