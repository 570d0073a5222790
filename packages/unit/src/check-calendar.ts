import { isTimeZone } from "./is-time-zone.ts";

const words = new Set(
  (
    "minutely hourly daily weekly monthly quarterly yearly annually anually biannually bi-annually semiannually " +
    "semi-annually"
  ).split(" "),
);

const problem =
  'It has to be a calendar expression such as "daily", "Mon..Fri 09:00" or "*-*-01 04:30:00"; ' +
  '"systemd-analyze calendar" explains them';

/**
 * Checks a calendar expression such as "Mon *-*-1..7 04:00:00 Europe/Berlin".
 *
 * @see https://www.freedesktop.org/software/systemd/man/latest/systemd.time.html
 */
export function checkCalendar(value: string): string | undefined {
  const space = value.lastIndexOf(" ");
  const text = space > 0 && isTimeZone(value.slice(space + 1)) ? value.slice(0, space) : value;
  if (words.has(text.toLowerCase())) return undefined;
  const [, days = "", rest = ""] = /^([a-z][^ ]*|)(?:^|$| +)(.*)$/is.exec(text) ?? [];
  if (text === "" || !areWeekdays(days)) return problem;
  return isDateAndTime(rest) ? undefined : problem;
}

const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

const day = "(mon(?:day)?|tue(?:sday)?|wed(?:nesday)?|thu(?:rsday)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)";

const dayOrRange = new RegExp(String.raw`^${day}(?:(?:\.\.|-)${day})?$`, "i");

/** Days are separated by commas, of which one may come last. */
function areWeekdays(text: string): boolean {
  if (text === "") return true;
  return text
    .replace(/,$/, "")
    .split(",")
    .every((item) => {
      const match = dayOrRange.exec(item);
      const [from, to] = [match?.[1], match?.[2] ?? match?.[1]].map((name) =>
        weekdays.indexOf((name ?? "").slice(0, 3).toLowerCase()),
      );
      return from !== undefined && to !== undefined && from >= 0 && from <= to;
    });
}

/** A part of a date or time: any, or values, ranges and steps with commas between. */
const part = String.raw`(\*|\d[\d./,]*)`;

const dateAndTime = new RegExp(`^(?:(?:(?:${part}-)?${part}([-~])${part})(?: +|$))?(?:${part}:${part}(?::${part})?)?$`);

function isDateAndTime(text: string): boolean {
  if (text.startsWith("@")) return isTimestamp(text.slice(1));
  const match = dateAndTime.exec(text);
  if (match === null) return false;
  const [, years, months, sign, days, hours, minutes, secondsOfMinute] = match;
  return (
    isPart(years, { least: 1970, most: 2199, fix: fixYear }) &&
    isPart(months, { least: 1, most: 12 }) &&
    isPart(days, sign === "~" ? { least: 1, most: 28, isDownward: true } : { least: 1, most: 31 }) &&
    isPart(hours, { least: 0, most: 23 }) &&
    isPart(minutes, { least: 0, most: 59 }) &&
    isPart(secondsOfMinute, { least: 0, most: 59.999_999, hasFractions: true })
  );
}

/** Seconds since 1970, in a year that is allowed. */
function isTimestamp(text: string): boolean {
  return /^\s*\+?\d+$/.test(text) && Number(text) < 7_258_118_400;
}

interface PartRange {
  readonly least: number;
  readonly most: number;
  readonly isDownward?: boolean;
  readonly hasFractions?: boolean;
  readonly fix?: (value: number) => number;
}

/** Years of two digits are those of 1970 to 2069. */
function fixYear(value: number): number {
  if (value < 70) return value + 2000;
  return value < 100 ? value + 1900 : value;
}

function isPart(text: string | undefined, range: PartRange): boolean {
  if (text === undefined || text === "*") return true;
  return text.split(",").every((item) => isItem(item, range));
}

const wholeItem = /^(\d+)(?:\.\.(\d+))?(?:\/(\d+))?$/;

const fractionItem = /^(\d+(?:\.\d+)?)(?:\.\.(\d+(?:\.\d+)?))?(?:\/(\d+(?:\.\d+)?))?$/;

/** Larger values do not fit where systemd keeps them, in microseconds for seconds. */
const largest = 2 ** 31 - 1;

function isItem(item: string, { fix = (value) => value, hasFractions = false, ...range }: PartRange): boolean {
  const match = (hasFractions ? fractionItem : wholeItem).exec(item);
  if (match === null) return false;
  const [start, stop, step] = [fix(Number(match[1])), fix(Number(match[2])), Number(match[3])];
  const isInside = (value: number): boolean => value >= range.least && value <= range.most;
  if (step === 0 || step * (hasFractions ? 1e6 : 1) > largest || !isInside(start)) return false;
  // A range of seconds needs room for its step of one, unless it says another.
  if (match[2] !== undefined) return isInside(stop) && start + (hasFractions && match[3] === undefined ? 1 : 0) <= stop;
  return match[3] === undefined || isInside(range.isDownward === true ? start - step : start + step);
}
