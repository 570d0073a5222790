const start = "-----BEGIN PGP SIGNED MESSAGE-----";
const middle = "-----BEGIN PGP SIGNATURE-----";
const end = "-----END PGP SIGNATURE-----";

/**
 * Finds the text that a clear-signed file has between its armor, without
 * looking at the signature; undefined when there is anything besides.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4880#section-7
 */
export function findSignedText(file: string): string | undefined {
  const lines = file.replaceAll("\r\n", "\n").trimEnd().split("\n");
  const blank = lines.indexOf("");
  const close = lines.indexOf(middle);
  const isWhole = lines[0] === start && lines.at(-1) === end && lines.indexOf(end) === lines.length - 1;
  const isHeaded = blank > 0 && close > blank && lines.slice(1, blank).every((line) => /^Hash: [\w,-]+$/.test(line));
  if (!isWhole || !isHeaded) return undefined;
  const body = lines.slice(blank + 1, close);
  // Lines that begin with a dash are escaped; any other that does is not of the text.
  if (body.some((line) => line.startsWith("-") && !line.startsWith("- "))) return undefined;
  return `${body.map((line) => (line.startsWith("- ") ? line.slice(2) : line)).join("\n")}\n`;
}
