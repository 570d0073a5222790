const useLimit = 10_000;

/**
 * Makes what stands for values that are not there when a function is run only
 * to see what it would define: it takes every property, call and conversion.
 * Gives up after ten thousand uses, since a loop over it may not end.
 */
export function makePlaceholder(): unknown {
  let uses = 0;
  const use = (): unknown => {
    uses += 1;
    if (uses > useLimit) throw new Error("the placeholder was used too often");
    return placeholder;
  };
  const take = (name: string | symbol): unknown => {
    if (name === Symbol.toPrimitive) return () => String(use() && "placeholder");
    if (name === Symbol.iterator) return () => [].values();
    return typeof name === "symbol" ? undefined : use();
  };
  const placeholder: unknown = new Proxy(() => undefined, {
    get: (_target, name) => take(name),
    apply: use,
    construct: () => use() as object,
    has: () => true,
  });
  return placeholder;
}
