const part = /\s*\+?(\d+)(?:\.(\d*))?\s*([BKMGTPE]?)/y;

const order = "BKMGTPE";

/**
 * Checks a number of bytes such as "512M" or "1G 500M", to the base of 1024;
 * the units are upper case, and larger ones come first.
 */
export function checkSize(value: string): string | undefined {
  return parseSize(value) === undefined ? 'It has to be a size such as "512M", "1.5G" or "4096" bytes' : undefined;
}

/** Bytes that a size is; undefined when the text is none. */
export function parseSize(value: string): number | undefined {
  const text = value.trim();
  let sum: number | undefined;
  let last = order.length;
  part.lastIndex = 0;
  while (part.lastIndex < text.length) {
    const [, whole = "", fraction = "", unit = ""] = part.exec(text) ?? [];
    const power = order.indexOf(unit);
    if (whole === "" || power >= last) return undefined;
    last = power;
    sum = (sum ?? 0) + Number(`${whole}.${fraction}0`) * 1024 ** power;
  }
  return sum !== undefined && sum < 2 ** 64 ? sum : undefined;
}
