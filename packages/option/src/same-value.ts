import { findWrapper } from "@firn/definition";

/**
 * Tells whether two values, merged or as they were given, are equal: plain
 * objects, lists and wrappers by content, everything else by identity.
 */
export function sameValue(a: unknown, b: unknown): boolean {
  try {
    return isSame(a, b);
  } catch {
    return false; // They are endless, or throw when they are read.
  }
}

function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => isSame(item, b[i]));
  if (isView(a) || isView(b)) return false; // The same part of a configuration is the same object.
  return (isPlainObject(a) ? isPlainObject(b) : isWrapper(a) && isWrapper(b)) && sameFields(a, b);
}

function isWrapper(value: object): boolean {
  return findWrapper(value) !== undefined;
}

/** Marks the objects through which a configuration is read; their fields are values of options. */
export const VIEW: unique symbol = Symbol.for("firn.view") as never;

/** Tells whether an object is a part of a configuration. */
export function isView(value: object): boolean {
  return Reflect.get(value, VIEW) === true;
}

function sameFields(a: object, b: object): boolean {
  const names = Object.keys(a);
  if (names.length !== Object.keys(b).length) return false;
  return names.every((name) => name in b && isSame(Reflect.get(a, name), Reflect.get(b, name)));
}

/** An object with fields and nothing else. */
export type PlainObject = { readonly [name: string]: unknown };

/** Tells whether a value is an object literal's: no class, no list, no wrapper. */
export function isPlainObject(value: unknown): value is PlainObject {
  if (typeof value !== "object" || value === null) return false;
  try {
    const prototype: unknown = Object.getPrototypeOf(value);
    return (prototype === Object.prototype || prototype === null) && Object.getOwnPropertySymbols(value).length === 0;
  } catch {
    return false; // A proxy may refuse to say.
  }
}
