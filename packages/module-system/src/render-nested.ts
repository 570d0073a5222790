/** Renders a path as the object that leads to it: `{ services: { nginx: … } }`. */
export function renderNested(path: readonly string[], value = "…"): string {
  return path.reduceRight(
    (inner, part) => `{ ${/^[A-Za-z_$][\w$]*$/.test(part) ? part : JSON.stringify(part)}: ${inner} }`,
    value,
  );
}
