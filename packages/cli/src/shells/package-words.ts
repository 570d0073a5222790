import { DiagnosticError } from "@firn/diagnostic";
import { type PackageRequest, parsePackageRequest } from "@firn/package-manager";

/**
 * Reads the packages that a command is given.
 *
 * @throws DiagnosticError "bad-usage" for none, and for a word that names none
 */
export function readPackageWords(words: readonly string[], command: string): readonly PackageRequest[] {
  if (words.length === 0) throw badUse("Cannot tell which packages are wanted: none is named", command);
  return words.map((word) => {
    const request = parsePackageRequest(word);
    if (request === undefined) throw badUse(`Cannot use ${JSON.stringify(word)}: it names no package`, command);
    return request;
  });
}

function badUse(message: string, command: string): DiagnosticError {
  const why = [
    'A package is written "jq", "jq/backports" from the source of that name, or "jq=1.6-2.1" in that version',
  ];
  return new DiagnosticError([
    { code: "bad-usage", severity: "error", message, marks: [], why, fix: `${command} jq -- jq --version` },
  ]);
}
