import { renderValue } from "@firn/diagnostic";
import type { TypeBehavior } from "./option-type.ts";

/** Says what to write instead of a value that a type refused: as exactly as can be guessed. */
export function suggestValue(type: TypeBehavior, value: unknown): string {
  try {
    return type.advise?.(value) ?? suggestAlike(type, value) ?? suggestShape(type) ?? otherwise;
  } catch {
    return otherwise; // The value throws when it is looked at.
  }
}

const otherwise = "Write a value of that type";

/** Tries what the value may have been meant to be. */
function suggestAlike(type: TypeBehavior, value: unknown): string | undefined {
  if (value === null) return "Leave it out where there is nothing to define; only types.nullOr(…) takes null";
  if (typeof value === "function") return "Call the function, or write lazy(() => …) to compute the value later";
  if (value instanceof Promise) return "Write the value itself: evaluation waits for nothing";
  if (Array.isArray(value)) return suggestForList(type, value);
  const alike = likenessesOf(value).find((each) => type.accepts(each));
  if (alike !== undefined) return `Write ${renderValue(alike)}`;
  const element = type.members?.find(({ part }) => part === "*")?.type;
  return element?.accepts(value) === true && type.accepts([value])
    ? `Write it as a list: ${renderValue([value])}`
    : undefined;
}

const spoken = new Map([
  ["true", true],
  ["yes", true],
  ["on", true],
  ["false", false],
  ["no", false],
  ["off", false],
]);

/** Values that look like another one: text that spells a number, a number that stands for a boolean. */
function likenessesOf(value: unknown): unknown[] {
  switch (typeof value) {
    case "string":
      return [...spelledBy(value), value.trim(), value.toLowerCase()];
    case "number":
      return value === 0 || value === 1 ? [value === 1, String(value)] : [String(value), Math.round(value)];
    case "bigint":
      return [Number(value), String(value)];
    case "boolean":
      return [String(value), value ? "yes" : "no", value ? "on" : "off"];
    default:
      return [];
  }
}

function spelledBy(text: string): unknown[] {
  const number = text.trim() === "" ? Number.NaN : Number(text);
  const boolean = spoken.get(text.trim().toLowerCase());
  return [...(Number.isFinite(number) ? [number] : []), ...(boolean === undefined ? [] : [boolean])];
}

function suggestForList(type: TypeBehavior, list: readonly unknown[]): string | undefined {
  const isPlain = list.every((element) => typeof element !== "object" && type.accepts(element));
  if (list.length === 0 || !isPlain) return undefined;
  return list.length === 1
    ? `Write ${renderValue(list[0])}, without the brackets`
    : "Write one of the elements, or spread the list with ... where several are taken";
}

/** Says the outer shape, where it is that of a list or a set. */
function suggestShape(type: TypeBehavior): string | undefined {
  if (type.accepts([]) && !type.accepts({})) return "Write a list: [ … ]";
  return type.accepts({}) && !type.accepts([]) ? "Write an object: { name: … }" : undefined;
}
