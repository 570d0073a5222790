const readLimit = 10_000;
let reads = 0;

/**
 * Stands for a value that is not there when a function is run only to see what
 * it would define: takes every property, call and conversion. Gives up after
 * ten thousand uses, since a loop over it may not end.
 */
export const placeholder: unknown = new Proxy(() => undefined, {
  get: (_target, name) => take(name),
  apply: () => count(),
  construct: () => count() as object,
  has: () => true,
});

function take(name: string | symbol): unknown {
  if (name === Symbol.toPrimitive) return () => String(count() && "placeholder");
  if (name === Symbol.iterator) return () => [].values();
  return typeof name === "symbol" ? undefined : count();
}

function count(): unknown {
  reads += 1;
  if (reads % readLimit === 0) throw new Error("the placeholder was used too often");
  return placeholder;
}
