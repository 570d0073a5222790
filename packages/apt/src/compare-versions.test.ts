import { spawnSync } from "node:child_process";
import { openApt } from "@firn/apt";
import { describe, expect, test } from "vitest";

const { compareVersions } = openApt({ cache: "/nowhere", environment: {} });

describe("compareVersions", () => {
  const ordered = [
    "1.0~~",
    "1.0~",
    "1.0~rc1",
    "1.0",
    "1.0-0+b1",
    "1.0-1",
    "1.0a",
    "1.0+",
    "1.0.",
    "1.9",
    "1.10",
    "1:0.1",
    "2:0",
  ];

  test("orders as the policy of Debian says", () => {
    expect(ordered.toReversed().toSorted(compareVersions)).toEqual(ordered);
  });

  test("takes for equal what differs in zeros alone", () => {
    const pairs = [
      ["1", "1-0"],
      ["0:1", "1"],
      ["1.01", "1.1"],
      ["1.0-00", "1.0"],
      ["1a", "1a0"],
    ] as const;
    expect(pairs.map(([one, other]) => compareVersions(one, other))).toEqual([0, 0, 0, 0, 0]);
  });

  test("orders 300 pairs as dpkg does", () => {
    const pairs = Array.from({ length: 300 }, (_, index) => {
      const random = randomNumbers(index + 1);
      const one = randomVersion(random);
      // Most of what is interesting is between versions that have much in common.
      return [one, random() < 0.7 ? change(one, random) : randomVersion(random)] as const;
    });
    // Stops at the first that is true: each is a process.
    const script =
      'while read -r one other; do for o in lt eq gt; do if dpkg --compare-versions "$one" $o "$other" 2>/dev/null; then echo $o; break; fi; done; done';
    const input = pairs.map((pair) => `${pair.join(" ")}\n`).join("");
    const said = spawnSync("sh", ["-c", script], { input, encoding: "utf8" }).stdout.trim().split("\n");
    const ours = pairs.map(([one, other]) => ["lt", "eq", "gt"][Math.sign(compareVersions(one, other)) + 1]);
    const wrong = pairs.filter((_, index) => ours[index] !== said[index]);
    expect(said).toHaveLength(300);
    expect(wrong).toEqual([]);
  });
});

/** A generator of numbers from 0 to 1 that are the same for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

const characters = "0012~+.aZ9-";

function randomVersion(random: () => number): string {
  const text = Array.from({ length: 1 + Math.floor(random() * 6) }, () => pick(random)).join("");
  const epoch = random() < 0.2 ? `${Math.floor(random() * 3)}:` : "";
  return `${epoch}${Math.floor(random() * 3)}${text.replace(/-+$/, "")}`;
}

function change(version: string, random: () => number): string {
  const at = 3 + Math.floor(random() * version.length);
  return `${version.slice(0, at)}${pick(random)}${version.slice(at + 1)}`.replace(/-+$/, "");
}

function pick(random: () => number): string {
  return characters[Math.floor(random() * characters.length)] ?? "0";
}
