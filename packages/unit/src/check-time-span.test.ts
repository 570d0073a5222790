import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkSize, checkTimeSpan } from "@firn/unit";
import { describe, expect, test } from "vitest";

/** Values that systemd refuses for a setting of [Service]. */
function refusedBySystemd(key: string, values: readonly string[]): string[] {
  const folder = mkdtempSync(join(tmpdir(), "firn-unit-"));
  try {
    const file = join(folder, "values.service");
    writeFileSync(file, ["[Service]", ...values.map((value) => `${key}=${value}`), "ExecStart=/bin/true\n"].join("\n"));
    const { stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", file], { encoding: "utf8" });
    const lines = new Set([...stderr.matchAll(/values\.service:(\d+): /g)].map(([, line]) => Number(line)));
    return values.filter((_, index) => lines.has(index + 2));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const numbers = [
  "0",
  "5",
  "+5",
  "-5",
  "1.5",
  ".5",
  "1.",
  "1.5.5",
  "1e3",
  "0x10",
  "007",
  "1.0000000001",
  "x",
  "--1",
  "+",
  "1,5",
];

const units =
  "usec us µs μs msec ms ns nsec seconds second sec s minutes minute min m months month M mo hours hour hr h H days day d D " +
  "weeks week w years year y yr";

const spans = [
  ...numbers.flatMap((number) => [number, `${number}s`, `${number} min`, `${number}h 5m`]),
  ...units.split(" ").flatMap((unit) => [`1${unit}`, `2 ${unit}`, unit, `1${unit}1${unit}`, `1.5${unit} 3`]),
  "",
  "infinity",
  "Infinity",
  "inf",
  "infinity 5",
  "5 infinity",
  "5 5",
  "5 .5",
  "5+5",
  "5s+5",
  "1h30",
  "1h-",
  "1h,5m",
  "1:30",
  "soon",
  "5 minutes ago",
  "580000y",
  "590000y",
  "9223372036854775807",
  "18446744073709",
  "18446744073710",
];

const sizes = [
  ...numbers.flatMap((number) => [number, `${number}K`, `${number} M`]),
  ..."B K M G T P E k m Z KB KiB Ki".split(" ").flatMap((unit) => [`1${unit}`, `2 ${unit}`, `1.5${unit}`, unit]),
  "1G 5M",
  "1G5M",
  "5M 1G",
  "5M 5M",
  "5 5",
  "5K 5",
  "5K 5B",
  "1G.5M",
  "15E",
  "16E",
  "18446744073709551615",
  "18446744073709551616",
];

describe("checkTimeSpan", () => {
  test("refuses what systemd refuses, and nothing else", () => {
    const theirs = refusedBySystemd("RestartSec", spans);
    expect(theirs.length).toBeGreaterThan(60);
    expect(spans.length - theirs.length).toBeGreaterThan(60);
    expect(spans.filter((value) => checkTimeSpan(value) !== undefined)).toEqual(theirs);
  });
});

describe("checkSize", () => {
  test("refuses what systemd refuses, and nothing else", () => {
    const theirs = refusedBySystemd("LimitFSIZE", sizes);
    expect(theirs.length).toBeGreaterThan(30);
    expect(sizes.length - theirs.length).toBeGreaterThan(30);
    expect(sizes.filter((value) => checkSize(value) !== undefined)).toEqual(theirs);
  });
});
