import { readFileSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { startGitDaemon } from "@firn/git/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Machine } from "./machine.ts";
import { playPage, type ShownCommand } from "./played-page.ts";

const file = join(import.meta.dirname, "../../../docs/two-machines.md");
const page = readFileSync(file, "utf8");

/** What "firn init" calls the host of this machine, and what the page calls it. */
const [here = ""] = hostname().split(".");
const told = "counter";

type Person = "ada" | "ben" | "cleo";

/** A command of the page with what came of it. */
interface Played extends ShownCommand {
  readonly status: number | null;
  readonly seen: string;
  /** Ben's lock before and after. */
  readonly locks: readonly [before: string, after: string];
}

const played: Played[] = [];
let machines: Record<Person, Machine>;
let servers: Awaited<ReturnType<typeof startGitDaemon>>[] = [];
let seenPage = "";

beforeAll(async () => {
  machines = { ada: new Machine(), ben: new Machine(), cleo: new Machine() };
  const { ada, ben } = machines;
  servers = [await startGitDaemon(ada.folder), await startGitDaemon(ben.folder)];
  ben.install("shop");
  const names: readonly (readonly [real: string, shown: string])[] = [
    [servers[0]?.url ?? "", "git://git.acme.example"],
    [servers[1]?.url ?? "", "git://git.shop.example"],
  ];
  const toReal = (text: string): string =>
    names
      .reduce((all, [real, shown]) => all.replaceAll(shown, real), text)
      .replaceAll(new RegExp(`\\b${told}\\b`, "g"), here);
  const toShown = (text: string): string =>
    names
      .reduce((all, [real, shown]) => all.replaceAll(real, shown), text)
      .replaceAll(`hosts/${here}/`, `hosts/${told}/`)
      .replaceAll(new RegExp(`^${here}: `, "gm"), `${told}: `);
  const machineOf = (name: string): Machine => machines[name as Person]; // The page has no others, or a test fails.
  seenPage = playPage(page, {
    write: (name, path, text) => machineOf(name).write(toReal(path), toReal(text)),
    run: (command) => {
      const before = ben.find("shop/lockfile.json") ?? "";
      const { status, out } = machineOf(command.machine).run(command.folder, [
        "sh",
        "-c",
        `{ ${toReal(command.line)}; } 2>&1`,
      ]);
      const seen = toShown(out);
      played.push({ ...command, status, seen, locks: [before, ben.find("shop/lockfile.json") ?? ""] });
      return seen;
    },
  });
  if (process.env["UPDATE_GOLDEN"] === "1") writeFileSync(file, seenPage);
}, 180_000);

afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  for (const machine of Object.values(machines)) machine.remove();
});

/** Finds what was played: of several alike, the one with this number. */
function get(person: Person, line: string, index = 0): Played {
  const found = played.filter((one) => one.machine === person && one.line === line)[index];
  if (found === undefined) throw new Error(`The page does not show ${line} of ${person}`);
  return found;
}

test("the page tells what is seen, word by word", () => {
  expect(seenPage, "UPDATE_GOLDEN=1 writes what is seen into the page").toBe(
    process.env["UPDATE_GOLDEN"] === "1" ? readFileSync(file, "utf8") : page,
  );
});

describe("Ben", () => {
  test("adds, locks, evaluates and checks the types of a version of Ada's modules", () => {
    expect(get("ben", "firn input add acme git://git.acme.example/acme --semver ^1.0").status).toBe(0);
    expect(JSON.parse(get("ben", "cat lockfile.json").seen)).toMatchObject({
      inputs: { acme: { want: { semver: "^1.0" }, version: "1.0.0", tag: "v1.0.0" } },
    });
    const evaluated = { website: { port: 8080, title: "The corner shop" } };
    expect(JSON.parse(get("ben", "firn eval").seen)).toEqual(evaluated);
    expect(get("ben", "tsc && firn check").seen).toBe(`${told}: no problems\n`);
    expect(get("ben", "firn option port").seen).toContain("website.port");
    expect(get("ben", `firn why ${told} website.port`).seen).toContain(
      ".firn/inputs/acme@1.0.0/modules/website/src/index.ts:",
    );
  });

  test("locks without a change when there is nothing to do", () => {
    const { status, locks } = get("ben", "firn lock");
    expect(status).toBe(0);
    expect(locks[1]).toBe(locks[0]);
  });

  test("hears what is newer, and takes it only by an update", () => {
    expect(get("ben", "firn outdated").seen).toMatch(/acme +1\.0\.0 +1\.1\.0 +1\.1\.0/);
    const dry = get("ben", "firn update --dry-run");
    expect(dry.locks[1]).toBe(dry.locks[0]);
    const { seen, locks } = get("ben", "firn update");
    expect(seen).toBe(dry.seen);
    expect(seen).toMatch(/acme 1\.0\.0 -> 1\.1\.0 \(1 commit\)\n +[0-9a-f]{9} Listen at one address/);
    expect(JSON.parse(locks[1])).toMatchObject({ inputs: { acme: { version: "1.1.0", tag: "v1.1.0" } } });
  });

  test("gets a compile error at the line of the host that uses what is gone", () => {
    const { status, seen } = get("ben", "tsc");
    expect(status).not.toBe(0);
    const [line = ""] = seen.split("\n");
    expect(line).toMatch(/^hosts\/counter\/src\/index\.ts\(8,18\): error TS\d+: .*'port'/);
    const checked = get("ben", "firn check");
    expect(checked.status).toBe(1);
    expect(checked.seen).toContain(`hosts/${told}/src/index.ts:8:`);
    expect(get("ben", "tsc && firn check", 1)).toMatchObject({ status: 0, seen: `${told}: no problems\n` });
    expect(JSON.parse(get("ben", "firn eval", 1).seen)).toMatchObject({
      website: { listen: { port: 8080, address: "::" } },
    });
  });

  test("refuses a tag that was moved, and goes on with what is locked", () => {
    const { status, seen, locks } = get("ben", "firn update", 1);
    expect(status).toBe(1);
    expect(seen).toContain("error[moved-tag]");
    expect(seen).toContain(JSON.parse(locks[0]).inputs.acme.commit);
    expect(locks[1]).toBe(locks[0]);
    expect(get("ben", "firn verify")).toMatchObject({ status: 1 });
    expect(get("ben", "git status --short").seen).toBe("");
    expect(get("ben", "firn eval", 2)).toMatchObject({ status: 0 });
  });

  test("accepts it when that is said", () => {
    const { status, locks } = get("ben", "firn update acme --accept-moved-tag acme");
    expect(status).toBe(0);
    const now = machines.ada.done("acme", "git", "rev-parse", "v1.1.0^{commit}");
    expect(JSON.parse(locks[1]).inputs.acme).toMatchObject({ version: "1.1.0", commit: now });
    expect(get("ben", "firn verify", 1)).toMatchObject({ status: 0 });
  });
});

describe("Cleo", () => {
  test("has everything after one command in a fresh clone", () => {
    expect(get("cleo", `firn check ${told}`)).toMatchObject({ status: 0, seen: `${told}: no problems\n` });
    expect(machines.cleo.read("shop/lockfile.json")).toBe(machines.ben.read("shop/lockfile.json"));
    expect(get("cleo", "firn verify")).toMatchObject({ status: 0 });
    expect(get("cleo", "git status --short").seen).toBe("");
    machines.cleo.install("shop");
    expect(machines.cleo.run("shop", ["tsc"])).toMatchObject({ status: 0, out: "" });
  });

  test("has everything after the script that installing the packages of the clone runs last", () => {
    const { cleo } = machines;
    cleo.done(".", "git", "clone", "--quiet", `${servers[1]?.url}/shop`, "again");
    expect(cleo.run("again", ["npm", "run", "--silent", "--offline", "postinstall"])).toMatchObject({ status: 0 });
    cleo.install("again");
    expect(cleo.run("again", ["tsc"])).toMatchObject({ status: 0, out: "" });
  });
});
