/** A piece of a variable's value: text as it is, or the value of a variable. */
export type ValuePiece = { readonly text: string } | { readonly name: string };

/** Parses a value: `$NAME` and `${NAME}` are variables, `$$` is a dollar sign, and so is any other `$`. */
export function parseValue(value: string): ValuePiece[] {
  // What the parentheses match stands between the rest.
  const parts = value.split(/\$(\$|[A-Za-z_][A-Za-z0-9_]*|\{[A-Za-z_][A-Za-z0-9_]*\})/);
  return parts
    .map((part, index) => (index % 2 === 0 || part === "$" ? { text: part } : { name: part.replace(/^\{|\}$/g, "") }))
    .filter((piece) => !("text" in piece) || piece.text !== "");
}

/** Lists the variables that a value refers to. */
export function namesIn(value: string): string[] {
  return parseValue(value).flatMap((piece) => ("name" in piece ? [piece.name] : []));
}
