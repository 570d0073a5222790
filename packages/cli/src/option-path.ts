import { DiagnosticError } from "@firn/diagnostic";

const part = /"((?:[^"\\]|\\.)*)"|[^."]+/y;

/**
 * Parses an option path as people type it: parts with dots between them, in
 * double quotes where a part has a dot itself.
 *
 * @throws DiagnosticError with code bad-usage when it is not such a path
 */
export function parseOptionPath(text: string): string[] {
  const parts: string[] = [];
  for (let at = 0; at < text.length; at = part.lastIndex + 1) {
    part.lastIndex = at;
    const found = part.exec(text);
    const end = part.lastIndex;
    if (found === null || (end < text.length && text[end] !== ".") || end === text.length - 1) throw badPath(text);
    parts.push(found[1] === undefined ? found[0] : unquote(found[0], text));
  }
  return parts;
}

function unquote(quoted: string, text: string): string {
  try {
    return String(JSON.parse(quoted));
  } catch {
    throw badPath(text); // An escape that JSON does not have.
  }
}

function badPath(text: string): DiagnosticError {
  return new DiagnosticError([
    {
      code: "bad-usage",
      severity: "error",
      message: `Cannot read the option path ${JSON.stringify(text)}`,
      marks: [],
      fix: 'Write the parts with dots between them, in quotes where they contain dots: services.nginx.virtualHosts."a.example"',
    },
  ]);
}
