import { checkCalendar } from "./check-calendar.ts";
import { checkExecLine } from "./check-exec-line.ts";
import { checkSize } from "./check-size.ts";
import { checkNanoSpan, checkTimeSpan } from "./check-time-span.ts";
import { isInteger } from "./is-integer.ts";
import { networkKinds } from "./network-kinds.ts";
import { pathKinds } from "./path-kinds.ts";
import { programKinds } from "./program-kinds.ts";
import { resourceKinds } from "./resource-kinds.ts";
import { checkUnitName } from "./unit-name.ts";
import { specified, takes, type ValueCheck, type ValueKinds, wordsOf } from "./value-check.ts";
import { wordKinds } from "./word-kinds.ts";

const anything: ValueCheck = () => undefined;

const kinds: ValueKinds = {
  ...networkKinds,
  ...pathKinds,
  ...programKinds,
  ...resourceKinds,
  ...wordKinds,
  text: ([arg]) => (arg === "any" ? anything : specified(anything)),
  later: () => anything,
  int: ([least = "", most = "", ...names]) =>
    takes(
      `a whole number from ${least} to ${most}${names.length === 0 ? "" : `, or one of ${names.join(", ")}`}`,
      (value) => names.includes(value) || isInteger(value, Number(least), Number(most)),
    ),
  span: () => checkTimeSpan,
  nanospan: () => checkNanoSpan,
  size: () => checkSize,
  calendar: () => checkCalendar,
  exec: () => checkExecLine,
  unit: ([type]) => specified(unitOf(type)),
  units: ([type]) => wordsOf(unitOf(type)),
  urls: () => wordsOf(takes("URLs that start with https://, http://, file:/, info: or man:", (word) => url.test(word))),
};

const url = /^(?:https?:\/\/|file:\/|info:|man:)./;

function unitOf(type: string | undefined): ValueCheck {
  return (name) => {
    if (type === undefined || name.endsWith(`.${type}`)) return checkUnitName(name);
    return `The name of a unit that ends with .${type} has to stand here`;
  };
}

/** Finds the check of a kind as the tables write it: with a question mark, an empty value takes back earlier ones. */
export function checkOfKind(text: string): ValueCheck {
  const [name = "", ...args] = text.split(" ");
  const check = kinds[name.replace("?", "")]?.(args) ?? anything;
  return name.endsWith("?") ? (value) => (value === "" ? undefined : check(value)) : check;
}
