/**
 * Orders two versions as dpkg does, as a comparator of `sort`: the older first.
 *
 * @see https://www.debian.org/doc/debian-policy/ch-controlfields.html#version
 */
export function compareVersions(one: string, other: string): number {
  const first = splitVersion(one);
  const second = splitVersion(other);
  return (
    compareDigits(first.epoch, second.epoch) ||
    compareParts(first.upstream, second.upstream) ||
    compareParts(first.revision, second.revision)
  );
}

interface SplitVersion {
  readonly epoch: string;
  readonly upstream: string;
  readonly revision: string;
}

function splitVersion(version: string): SplitVersion {
  const colon = version.indexOf(":");
  const rest = version.slice(colon + 1);
  const dash = rest.lastIndexOf("-");
  const epoch = colon < 0 ? "0" : version.slice(0, colon);
  // A version without a revision equals one with the revision 0.
  return dash < 0
    ? { epoch, upstream: rest, revision: "0" }
    : { epoch, upstream: rest.slice(0, dash), revision: rest.slice(dash + 1) };
}

/** Other characters and numbers take turns, other characters first; both may be empty. */
function compareParts(one: string, other: string): number {
  let [at, atOther] = [0, 0];
  while (at < one.length || atOther < other.length) {
    const [end, endOther] = [skip(one, at, isOther), skip(other, atOther, isOther)];
    const letters = compareLetters(one.slice(at, end), other.slice(atOther, endOther));
    if (letters !== 0) return letters;
    [at, atOther] = [skip(one, end, isDigit), skip(other, endOther, isDigit)];
    const numbers = compareDigits(one.slice(end, at), other.slice(endOther, atOther));
    if (numbers !== 0) return numbers;
  }
  return 0;
}

function compareLetters(one: string, other: string): number {
  const length = Math.max(one.length, other.length);
  for (let at = 0; at < length; at++) {
    const difference = rankOf(one.charCodeAt(at)) - rankOf(other.charCodeAt(at));
    if (difference !== 0) return difference;
  }
  return 0;
}

const tilde = 126;

/** "~" is before the end, which is before letters, which are before all else. */
function rankOf(code: number): number {
  if (code === tilde) return -1;
  if (Number.isNaN(code)) return 0;
  return isLetter(code) ? code : code + 256;
}

/** Numbers may be longer than what a number of JavaScript holds. */
function compareDigits(one: string, other: string): number {
  const [first, second] = [one.replace(/^0+/, ""), other.replace(/^0+/, "")];
  if (first.length !== second.length) return first.length - second.length;
  if (first === second) return 0;
  return first < second ? -1 : 1;
}

function skip(text: string, start: number, fits: (code: number) => boolean): number {
  let at = start;
  while (at < text.length && fits(text.charCodeAt(at))) at++;
  return at;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

function isOther(code: number): boolean {
  return !isDigit(code);
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
}
