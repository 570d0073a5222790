/**
 * Hashes a text in UTF-8: sha256, as 64 hexadecimal digits.
 *
 * @see https://nvlpubs.nist.gov/nistpubs/FIPS/NIST.FIPS.180-4.pdf, whose names for the functions these are
 */
export function sha256(text: string): string {
  const message = padded(new TextEncoder().encode(text));
  const state = rootsOf(2).slice(0, 8);
  for (let at = 0; at < message.byteLength; at += 64) compress(state, new DataView(message.buffer, at, 64));
  return [...state].map((word) => word.toString(16).padStart(8, "0")).join("");
}

/** Adds a bit, zeros, and the number of bits, up to whole blocks. */
function padded(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const message = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  message.set(bytes);
  message[bytes.length] = 0x80;
  const view = new DataView(message.buffer);
  view.setUint32(message.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(message.length - 4, bytes.length * 8);
  return message;
}

function compress(state: Uint32Array, block: DataView): void {
  const words = scheduleOf(block);
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let round = 0; round < 64; round++) {
    const choice = (e & f) ^ (~e & g);
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const one = h + sum(e, [6, 11, 25]) + choice + (constants[round] ?? 0) + (words[round] ?? 0);
    const two = sum(a, [2, 13, 22]) + majority;
    [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
  }
  [a, b, c, d, e, f, g, h].forEach((word, index) => {
    state[index] = (state[index] ?? 0) + word;
  });
}

function scheduleOf(block: DataView): Uint32Array {
  const words = new Uint32Array(64);
  const word = (index: number): number => words[index] ?? 0;
  for (let index = 0; index < 64; index++) {
    const [early, late] = [word(index - 15), word(index - 2)];
    words[index] =
      index < 16
        ? block.getUint32(index * 4)
        : word(index - 16) +
          (sum(early, [7, 18]) ^ (early >>> 3)) +
          word(index - 7) +
          (sum(late, [17, 19]) ^ (late >>> 10));
  }
  return words;
}

/** Joins a word rotated to the right by several numbers of bits. */
function sum(word: number, rotations: readonly number[]): number {
  return rotations.reduce((joined, bits) => joined ^ ((word >>> bits) | (word << (32 - bits))), 0);
}

/** The first bits of the fractional parts of the roots of the first 64 primes. @param degree 2 or 3 */
function rootsOf(degree: number): Uint32Array {
  const primes: number[] = [];
  for (let number = 2; primes.length < 64; number++)
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  const root = degree === 2 ? Math.sqrt : Math.cbrt;
  return Uint32Array.from(primes, (prime) => Math.floor((root(prime) % 1) * 2 ** 32));
}

const constants = rootsOf(3);
