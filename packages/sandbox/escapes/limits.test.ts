import { describe, expect, test } from "vitest";
import { type Attempt, hostSeeing, tryHosts } from "./try-hosts.ts";

const good = hostSeeing("1");

/** Evaluates the host "bad" between two good ones, and shows what became of the three. */
async function tryBetween(bad: string, limits: NonNullable<Attempt["limits"]>): Promise<string[]> {
  const files = {
    "hosts/first/src/index.ts": good,
    "hosts/bad/src/index.ts": bad,
    "hosts/last/src/index.ts": good,
  };
  const { hosts } = await tryHosts({ hosts: ["first", "bad", "last"], files, limits });
  return hosts.map(({ shown }) => shown.split(" | ").slice(0, 2).join(" | "));
}

const time = 'evaluation-limit | Cannot evaluate the host "bad": it takes longer than 1 seconds';
const memory =
  /^(evaluation-limit \| Cannot evaluate the host "bad": it needs more than 64 MiB of memory|config-threw \| .*(allocation failed|Invalid (array|string|typed array) length))/;

describe("a limit stops one host and not the others", { timeout: 60_000 }, () => {
  test.each([
    ["a loop without end", "(() => { for (;;); })()"],
    ["a search without end", '/^(a+)+$/.test("a".repeat(64) + "b")'],
    ["a loop in an answer", "Object.create(null, { a: { enumerable: true, get() { for (;;); } } })"],
  ])("of time: %s", async (_title, expression) => {
    expect(await tryBetween(hostSeeing(expression), { time: 1000 })).toEqual(["1", time, "1"]);
  });

  test("of time: a loop while the host is loaded", async () => {
    expect(await tryBetween("for (;;);\n", { time: 1000 })).toEqual(["1", time, "1"]);
  });

  test.each([
    [
      "a list without end",
      "(() => { const all: number[][] = []; for (;;) all.push(Array.from({ length: 1e5 }, (_, i) => i + 0.5)); })()",
    ],
    [
      "a text without end",
      '(() => { let all = [] as string[]; for (let i = 0; ; i++) all.push(String(i).repeat(9999).split("").join(i + " ")); })()',
    ],
    ["a map without end", "(() => { const all = new Map(); for (let i = 0; ; i++) all.set({}, i); })()"],
  ])("of memory: %s", async (_title, expression) => {
    const [first, bad, last] = await tryBetween(hostSeeing(expression), { memory: 64 });
    expect([first, last]).toEqual(["1", "1"]);
    expect(bad).toMatch(memory);
  });

  test("of the answer: a text that is far too long", async () => {
    const bad = 'evaluation-limit | Cannot evaluate the host "bad": its configuration is longer than 1 MiB';
    expect(await tryBetween(hostSeeing('"x".repeat(2 ** 21)'), { answer: 1 })).toEqual(["1", bad, "1"]);
  });

  test.each([
    ["recursion without end", "(() => { const f = (): any => f() + 1; return f(); })()"],
    ["a list that is longer than any may be", "new Array(2 ** 32)"],
    ["a text that is longer than any may be", '"x".repeat(2 ** 30)'],
  ])("of the language: %s", async (_title, expression) => {
    const [first, bad, last] = await tryBetween(hostSeeing(expression), {});
    expect([first, last]).toEqual(["1", "1"]);
    expect(bad).toMatch(/^config-threw \| .*(Maximum call stack|Invalid array length|Invalid string length)/);
  });
});
