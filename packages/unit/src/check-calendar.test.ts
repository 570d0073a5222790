import { spawnSync } from "node:child_process";
import { checkCalendar } from "@firn/unit";
import { describe, expect, test } from "vitest";

/** Expressions that systemd refuses. */
function refusedBySystemd(expressions: readonly string[]): string[] {
  const { stderr, stdout } = spawnSync("systemd-analyze", ["calendar", "--", ...expressions], {
    encoding: "utf8",
    env: { ...process.env, TZ: "UTC" },
    maxBuffer: 1e8,
  });
  const refused = [...stderr.matchAll(/^Failed to parse calendar specification '(.*)': /gm)].map(
    ([, text = ""]) => text,
  );
  const taken = stdout.match(/^ *Normalized form: /gm) ?? [];
  expect(refused.length + taken.length, "answers of systemd-analyze").toBe(expressions.length);
  return refused;
}

const words =
  "minutely hourly daily weekly monthly quarterly yearly annually semiannually semi-annually biannually bi-annually " +
  "Daily DAILY dayly day never every fortnightly";

const days = ["", "Mon", "monday", "Sat,Sun", "Mon..Fri", "Mon-Fri", "Mon,Wed..Fri", "Mon,", "Tue..Tue"];

const oddDays = [
  "Fri..Mon",
  "Mon..",
  "Mo",
  "Mon Tue",
  "Montag",
  ",Mon",
  "Mon,,Tue",
  "Mon..Wed..Fri",
  "Mon..,Fri",
  "Mon.",
];

const dates = [
  "",
  "*-*-*",
  "*-*-1",
  "2026-01-01",
  "*-2-29",
  "1-1",
  "*-*~3",
  "*-*-1,15",
  "*-*-1..7",
  "*-1..12/3-1",
  "26-*-*",
];

const oddDates = [
  "*-13-1",
  "*-0-1",
  "*-*-0",
  "*-*-32",
  "*-*-*-*",
  "1969-1-1",
  "2200-1-1",
  "69-1-1",
  "70-1-1",
  "99-1-1",
  "100-1-1",
  "*-*~29",
  "*-*~28",
  "*-*~*",
  "*-*~7..1",
  "*-*~1..7",
  "*-*~7/1",
  "*-*~1/7",
  "*~*-1",
  "*~1",
  "*-*-7..1",
  "*-*-1..1",
  "*-*-1/30",
  "*-*-1/31",
  "*-*-1/0",
  "*-*-*/2",
  "*-*-1,",
  "*-*-,1",
  "*-*-1..",
  "*-*-1...3",
  "*-*-1.5",
  "*-*",
  "*-",
  "-",
  "*",
  "1",
  "1-1-1-1",
  "2026/01/01",
  "01.02.2026",
  "@0",
  "@1700000000",
  "@-5",
  "@",
  "@1700000000 10:00",
  "@7258118399",
  "@7258118400",
  "@1.5",
];

const times = [
  "",
  "10:00",
  "*:*",
  "*:*:*",
  "04:30:00",
  "0/2:00",
  "*:0/15",
  "8..18:00",
  "8,12:30",
  "10:00:00.5",
  "*:*:0/10",
];

const oddTimes = [
  "24:00",
  "23:59:59",
  "23:59:60",
  "23:59:59.999999",
  "23:59:59.9999999",
  "10:60",
  "10",
  "10:",
  ":10",
  "::",
  "10:00:",
  "10:00:00:00",
  "10.30",
  "10:00:1.",
  "10:00:.5",
  "10:00:1..5",
  "10:00:1.5..2.5",
  "10:00:1.5/0.5",
  "10:00:0/0",
  "10:00:0/0.0",
  "10:00:0/59",
  "10:00:0/60",
  "10:1.5",
  "0/23:00",
  "0/24:00",
  "23..1:00",
  "*/2:00",
  "10:00 AM",
  "10:00  ",
  "5pm",
  "10:00:00Z",
  "4294967296:00",
  "10:0,30/10",
  "10:0..30/10",
  "10:0..30/31",
  "10:0..30/99999999999",
  "10:00:5..5",
  "10:00:5..5.5",
  "10:00:5..5/0.5",
  "10:00:5..6",
  "10:00:5..6/70",
  "10:00:6..5/2",
  "5..5:00",
  "10:0/10..30",
];

const zones = [
  "",
  "UTC",
  "utc",
  "Europe/Berlin",
  "America/Argentina/Buenos_Aires",
  "GMT",
  "Etc/GMT+5",
  "CEST",
  "Foo/Bar",
];

function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}

/** What we take and systemd refuses, or the other way round, and why. */
const differences = new Map([["*-*-* Europe/Nowhere", "which zones there are is known on the host only"]]);

const expressions = new Set([
  ...words.split(" "),
  ...words.split(" ").map((word) => `${word} Europe/Berlin`),
  ...days.flatMap((day) => dates.flatMap((date) => times.map((time) => join(day, date, time)))),
  ...oddDays.flatMap((day) => ["", "*-*-1", "10:00"].map((rest) => join(day, rest))),
  ...oddDates.flatMap((date) => ["", "10:00"].map((time) => join(date, time))),
  ...oddDates.map((date) => join("Mon", date)),
  ...oddTimes.flatMap((time) => ["", "*-*-1", "Mon"].map((date) => join(date, time))),
  ...zones.flatMap((zone) => ["daily", "Mon", "*-*-1", "10:00", "10"].map((time) => join(time, zone))),
  " daily",
  "daily ",
  "daily  UTC",
  "Mon  *-*-1   10:00",
  "*-*-1T10:00",
  "UTC",
  "Europe/Berlin",
  "",
  ...differences.keys(),
]);

describe("checkCalendar", () => {
  test("refuses what systemd refuses, and nothing else", () => {
    const all = [...expressions];
    const theirs = new Set(refusedBySystemd(all));
    const disagreed = all.filter((each) => (checkCalendar(each) !== undefined) !== theirs.has(each));
    expect(theirs.size).toBeGreaterThan(150);
    expect(all.length - theirs.size).toBeGreaterThan(150);
    expect(disagreed).toEqual([...differences.keys()]);
  });

  test("says what it takes", () => {
    expect(checkCalendar("dayly")).toMatch(/^It has to be a calendar expression such as "daily"/);
  });
});
