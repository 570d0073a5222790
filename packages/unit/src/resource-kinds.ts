import { checkSize, parseSize } from "./check-size.ts";
import { checkTimeSpan } from "./check-time-span.ts";
import { isInteger } from "./is-integer.ts";
import { specified, takes, type ValueCheck, type ValueKinds } from "./value-check.ts";

/** Percent with up to two digits after the point, or as many per mille or per ten thousand. */
function percentOf(text: string): number {
  const [, value, unit = "%"] = /^(\d+(?:\.\d{1,2})?)([%‰‱])$/u.exec(text) ?? [];
  return Number(value ?? Number.NaN) / { "%": 1, "‰": 10, "‱": 100 }[unit as "%" | "‰" | "‱"]; // As matched.
}

/** The largest double below what systemd counts in 64 bits. */
const largest = 2 ** 64 - 2 ** 11;

function isLimit(text: string, kind: string): boolean {
  if (text === "infinity") return kind !== "nice";
  if (kind === "size") return parseSize(text) !== undefined;
  if (kind === "span") return checkTimeSpan(text) === undefined;
  if (kind !== "nice") return isInteger(text, 0, largest);
  return /^[+-]/.test(text) ? isInteger(text, -20, 19) : isInteger(text, 0, 40);
}

const limits: { readonly [kind: string]: string } = {
  size: "sizes",
  span: "spans of time",
  int: "whole numbers",
  nice: "values of nice, from -20 to +19",
};

function isCpuList(text: string): boolean {
  return text.split(/[\s,]+/).every((item) => {
    const [, from = "", to = from] = /^\+?(\d+)(?:-(\d+))?$/.exec(item) ?? [];
    return item === "" || (from !== "" && Number(from) <= Number(to) && Number(to) <= 8191);
  });
}

const perDevice: { readonly [kind: string]: readonly [what: string, accepts: (value: string) => boolean] } = {
  legacyweight: ["a weight from 10 to 1000", (value) => isInteger(value, 10, 1000)],
  weight: ["a weight from 1 to 10000", (value) => isInteger(value, 1, 10_000)],
  size: ['a size such as "5M", or "infinity"', (value) => value === "infinity" || parseSize(value) !== undefined],
  span: ["a span of time", (value) => checkTimeSpan(value) === undefined],
};

/** Kinds of values that limit what programs use. */
export const resourceKinds: ValueKinds = {
  mode: () =>
    takes(
      'a mode in octal digits such as "0755"',
      (value) => /^[0-7]+$/.test(value) && Number.parseInt(value, 8) <= 0o7777,
    ),
  limit: ([kind = ""]) =>
    takes(`one or two of ${limits[kind]} or "infinity", as SOFT:HARD`, (value) => {
      const [soft = "", hard, more] = value.split(":");
      return more === undefined && isLimit(soft, kind) && (hard === undefined || isLimit(hard, kind));
    }),
  cpus: ([word]) => specified(takes('CPUs such as "0-3 6"', (value) => value === word || isCpuList(value))),
  percent: ([sign]) =>
    takes('a percentage such as "20%"', (value) => {
      const percent = percentOf(value);
      return sign === "-" ? percent > 0 : percent <= 100;
    }),
  memory: ([sign]) => memory(sign === "positive"),
  tasks: () =>
    takes(
      'a whole number from 1, a percentage, or "infinity"',
      (value) =>
        value === "infinity" || isInteger(value, 1, largest) || (percentOf(value) > 0 && percentOf(value) <= 100),
    ),
  device: () =>
    specified(
      takes('a device such as "/dev/sda" or "char-pts", and some of the letters rwm', (value) =>
        /^(?:\/dev\/|\/run\/systemd\/inaccessible\/|(?:char|block)-)\S+(?:\s+[rwm]+)?$/.test(value),
      ),
    ),
  perdevice: ([kind = ""]) => {
    const [what = "", accepts = () => true] = perDevice[kind] ?? [];
    return takes(`the path of a device, and ${what}`, (value) => {
      const [, path, rest = ""] = /^(\S+)\s+(.+)$/.exec(value) ?? [];
      return path !== undefined && accepts(rest);
    });
  },
};

function memory(isPositive: boolean): ValueCheck {
  return (value) => {
    if (value === "infinity" || percentOf(value) <= 100) return undefined;
    if (isPositive && parseSize(value) === 0) return "It has to be more than zero";
    return checkSize(value) === undefined
      ? undefined
      : 'It has to be a size such as "512M", a percentage, or "infinity"';
  };
}
