import { type ExpireOptions, findExpired, type Numbered } from "@firn/profile";
import { expect, test } from "vitest";

const day = (number: number): string => `2026-01-0${number}T00:00:00.000Z`;
const all: readonly Numbered[] = [1, 2, 3, 5].map((number) => ({
  number,
  generation: `g${number}`,
  host: "web",
  time: day(number),
}));

/** What is given, and the numbers that go. */
const cases: readonly [ExpireOptions, readonly number[]][] = [
  [{ keep: 0 }, [1, 2, 3, 5]],
  [{ keep: 1 }, [1, 2, 3]],
  [{ keep: 4 }, []],
  [{ keep: 99 }, []],
  [{ keep: 0, current: 2 }, [1, 3, 5]],
  [{ keep: 1, current: 1 }, [2, 3]],
  [{ keep: 0, before: Date.parse(day(3)) }, [1, 2]],
  [{ keep: 3, before: Date.parse(day(3)) }, [1]],
  [{ keep: 0, before: Date.parse(day(1)) }, []],
  [{ keep: 0, before: Date.parse(day(9)), current: 5 }, [1, 2, 3]],
];

test.each(cases)("findExpired with %j finds %j", (options, numbers) => {
  expect(findExpired(all, options).map(({ number }) => number)).toEqual(numbers);
});

test("findExpired finds nothing among nothing", () => {
  expect(findExpired([], { keep: 0 })).toEqual([]);
});
