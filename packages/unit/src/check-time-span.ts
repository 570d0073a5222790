import type { ValueCheck } from "./value-check.ts";

/** Seconds of each unit, by all of its names. */
const seconds: ReadonlyMap<string, number> = new Map(
  (
    [
      ["nsec ns", 1e-9],
      ["usec us µs μs", 1e-6],
      ["msec ms", 1e-3],
      ["seconds second sec s", 1],
      ["minutes minute min m", 60],
      ["hours hour hr h", 3600],
      ["days day d", 86_400],
      ["weeks week w", 604_800],
      ["months month M", 2_629_800],
      ["years year y", 31_557_600],
    ] as const
  ).flatMap(([names, each]) => names.split(" ").map((name) => [name, each] as const)),
);

const part =
  /\s*\+?(\d+(?:\.\d+)?|\.\d+)(?:\s*(usec|us|µs|μs|msec|ms|nsec|ns|seconds?|sec|s|minutes?|min|months?|M|m|hours?|hr|h|days?|d|weeks?|w|years?|y)|(?=\s|$))/uy;

/** systemd counts in 64 bits; doubles are not exact there, and the last of them mean infinity. */
const tooMany = 2 ** 64 - 1e6;

/**
 * Checks a span of time such as "1min 30s"; a number alone is seconds.
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.time.html
 */
export function checkTimeSpan(value: string): string | undefined {
  return check(value, { unit: "s", perSecond: 1e6 });
}

/** Checks a span of time whose number alone is nanoseconds. */
export const checkNanoSpan: ValueCheck = (value) => check(value, { unit: "ns", perSecond: 1e9 });

function check(value: string, { perSecond, unit }: { unit: string; perSecond: number }): string | undefined {
  const text = value.trim();
  if (text === "infinity") return undefined;
  const sum = sumParts(text, unit);
  if (sum === undefined || (unit === "s" && /\d\s*ns/.test(text)))
    return 'It has to be a span of time such as "90", "1min 30s", "2h" or "infinity"';
  return sum * perSecond < tooMany ? undefined : 'The span is too long: "infinity" is the longest';
}

/** Seconds in all; undefined when the text is no span. */
function sumParts(text: string, unit: string): number | undefined {
  let sum: number | undefined;
  part.lastIndex = 0;
  while (part.lastIndex < text.length) {
    const match = part.exec(text);
    if (match === null) return undefined;
    sum = (sum ?? 0) + Number(match[1]) * (seconds.get(match[2] ?? unit) ?? 1);
  }
  return sum;
}
