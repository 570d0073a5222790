const lengthLimit = 72;
const depthLimit = 3;
const countLimit = 6;

/**
 * Renders a value as one short line of source for a message: never fails,
 * whatever the value is, and never shows more than about 72 characters.
 */
export function renderValue(value: unknown): string {
  const text = renderNested(value, 0);
  return text.length <= lengthLimit ? text : `${text.slice(0, lengthLimit - 1)}…`;
}

function renderNested(value: unknown, depth: number): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "bigint":
      return `${value}n`;
    case "function":
      return renderFunction(value);
    case "object":
      return value === null ? "null" : renderObject(value, depth);
    default:
      return String(value);
  }
}

function renderFunction(value: { readonly name: unknown }): string {
  try {
    const { name } = value;
    return typeof name === "string" && name !== "" ? `the function ${name}` : "a function";
  } catch {
    return "a function that cannot be shown";
  }
}

function renderObject(value: object, depth: number): string {
  try {
    if (Array.isArray(value)) return renderList(value, depth);
    const marked = findMark(value);
    if (marked !== undefined) return marked;
    return isPlain(value) ? renderFields(value, depth) : `a value of class ${value.constructor.name}`;
  } catch {
    return "a value that cannot be shown";
  }
}

/** What the marks of the language stand for; their contents would say nothing to the reader. */
const marks = new Map([
  [Symbol.for("firn.Module"), "a module"],
  [Symbol.for("firn.Option"), "an option declaration"],
  [Symbol.for("firn.OptionType"), "a type"],
  [Symbol.for("firn.Wrapped"), "a wrapped value"],
]);

function findMark(value: object): string | undefined {
  const [mark] = Object.getOwnPropertySymbols(value).filter((symbol) => marks.has(symbol));
  if (mark === undefined) return undefined;
  return Reflect.get(value, "kind") === "lazy" ? "a lazy value" : marks.get(mark);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function renderList(list: readonly unknown[], depth: number): string {
  if (list.length === 0) return "[]";
  if (depth >= depthLimit) return "[…]";
  const shown = list.slice(0, countLimit).map((item) => renderNested(item, depth + 1));
  if (list.length > countLimit) shown.push("…");
  return `[${shown.join(", ")}]`;
}

function renderFields(fields: object, depth: number): string {
  const names = Object.keys(fields);
  if (names.length === 0) return "{}";
  if (depth >= depthLimit) return "{…}";
  const shown = names.slice(0, countLimit).map((name) => renderField(fields, name, depth));
  if (names.length > countLimit) shown.push("…");
  return `{ ${shown.join(", ")} }`;
}

function renderField(fields: object, name: string, depth: number): string {
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
  return `${key}: ${renderNested(Reflect.get(fields, name), depth + 1)}`;
}
