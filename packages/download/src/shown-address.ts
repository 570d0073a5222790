/** Renders an address for a message: without who asks, and without what follows "?", which may be a signature. */
export function showAddress(address: string | URL): string {
  const text = String(address).replace(/^(?<scheme>[\w+.-]+:\/\/)[^/?#]*@/, "$<scheme>");
  return text.replace(/[?#].*$/s, "");
}

const mostCharacters = 300;

/** Renders what a server said for a message: on one line, and not too much of it. */
export function showWords(text: string): string {
  const line = text.replaceAll(/\s+/g, " ").trim();
  return line.length > mostCharacters ? `${line.slice(0, mostCharacters)}…` : line;
}
