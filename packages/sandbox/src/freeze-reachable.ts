/** Properties that honest code sets on objects that inherit them. */
const overridden: readonly (readonly [of: object, names: readonly string[]])[] = [
  [Object.prototype, ["toString", "valueOf", "constructor", "toLocaleString", "hasOwnProperty", "isPrototypeOf"]],
  [Function.prototype, ["toString", "bind", "call", "apply"]],
  ...[Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, AggregateError].map(
    ({ prototype }) => [prototype, ["name", "message", "toString", "constructor"]] as const,
  ),
  [Array.prototype, ["toString", "push", "concat"]],
  [Promise.prototype, ["then", "catch"]],
];

/**
 * Lets properties be set on objects that inherit them from a frozen one, which
 * the language refuses otherwise.
 *
 * @see https://tc39.es/ecma262/#sec-ordinarysetwithowndescriptor
 */
export function allowOverrides(): void {
  for (const [of, names] of overridden) for (const name of names) allowOverride(of, name);
}

function allowOverride(holder: object, name: string): void {
  const found = Object.getOwnPropertyDescriptor(holder, name);
  if (found === undefined || !("value" in found)) return;
  const value: unknown = found.value;
  const set = function (this: object, own: unknown): void {
    if (this === holder) throw new TypeError(`Cannot assign to read only property '${name}'`);
    Object.defineProperty(this, name, { value: own, writable: true, enumerable: true, configurable: true });
  };
  Object.defineProperty(holder, name, { get: () => value, set, enumerable: false, configurable: false });
}

/**
 * Freezes objects and all that can be reached from them by properties and
 * prototypes, so that no module can change what another one sees.
 *
 * @param but what stays as it is, and leads to nothing
 */
export function freezeReachable(from: readonly unknown[], but: ReadonlySet<unknown> = new Set()): void {
  const found = new Set<object>();
  const reach = (value: unknown): void => {
    if ((typeof value === "object" && value !== null) || typeof value === "function") {
      if (!but.has(value)) found.add(value);
    }
  };
  from.forEach(reach);
  // A set hands out what is added to it while it is gone through.
  for (const value of found) {
    freeze(value);
    reach(Object.getPrototypeOf(value));
    for (const key of Reflect.ownKeys(value)) {
      const property = Object.getOwnPropertyDescriptor(value, key);
      reach(property?.value);
      reach(property?.get);
      reach(property?.set);
    }
  }
}

/**
 * Lets nobody change the members of an object, while others may still be added:
 * for classes that get theirs as they are used.
 */
export function holdMembers(holder: object): void {
  for (const key of Reflect.ownKeys(holder)) {
    const found = Object.getOwnPropertyDescriptor(holder, key);
    if (found !== undefined && "get" in found) Object.defineProperty(holder, key, { configurable: false });
    else Object.defineProperty(holder, key, { configurable: false, writable: false });
  }
}

function freeze(value: object): void {
  // The elements of arrays of bytes cannot be frozen; no intrinsic is one.
  if (!ArrayBuffer.isView(value)) Object.freeze(value);
}

/** Lists the objects of the language that no name leads to. */
export function hiddenIntrinsics(): readonly unknown[] {
  const kinds = [function () {}, async function () {}, function* () {}, async function* () {}];
  const iterators = [
    [][Symbol.iterator](),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    ""[Symbol.iterator](),
    "".matchAll(/a/g),
  ];
  return [...kinds, ...iterators].map((each) => Object.getPrototypeOf(each) as unknown);
}
