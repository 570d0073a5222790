/**
 * Numbers the names in a text in the order in which they are met first. There
 * are a million of them in the lists of Debian: making a string of each would
 * take ten times as long.
 */
export class NameNumbers {
  readonly #text: Buffer;
  /** Numbers, plus one, by what is made of the bytes of a name; the first free place after that counts. */
  #places = new Int32Array(1 << 12);
  readonly #starts: number[] = [];
  readonly #ends: number[] = [];
  readonly #hashes: number[] = [];

  /** @param text one byte is one character */
  constructor(text: Buffer) {
    this.#text = text;
  }

  /** How many names there are. */
  get count(): number {
    return this.#starts.length;
  }

  /** Adds a byte to what is made of the bytes of a name, which begins with 0. */
  static hash(hash: number, byte: number): number {
    return (Math.imul(hash, 31) + byte) | 0;
  }

  /** Gives the number of the name between two places of the text. @param hash of its bytes */
  numberOf(start: number, end: number, hash: number): number {
    if (this.count * 2 >= this.#places.length) this.#grow();
    const place = this.#placeOf(start, end, hash);
    const known = this.#places[place] ?? 0;
    if (known > 0) return known - 1;
    this.#starts.push(start);
    this.#ends.push(end);
    this.#hashes.push(hash);
    this.#places[place] = this.count;
    return this.count - 1;
  }

  /** Reads a name. */
  nameOf(number: number): string {
    return this.#text.toString("latin1", this.#starts[number], this.#ends[number]);
  }

  #placeOf(start: number, end: number, hash: number): number {
    const last = this.#places.length - 1;
    // The low bits of names that end alike are alike.
    let place = (hash ^ (hash >>> 15)) & last;
    for (let known = this.#places[place] ?? 0; known > 0; known = this.#places[place] ?? 0) {
      if (this.#hashes[known - 1] === hash && this.#isAt(known - 1, start, end)) break;
      place = (place + 1) & last;
    }
    return place;
  }

  #isAt(number: number, start: number, end: number): boolean {
    const other = this.#starts[number] ?? 0;
    if ((this.#ends[number] ?? 0) - other !== end - start) return false;
    const text = this.#text;
    for (let at = start; at < end; at++) if (text[at] !== text[other + at - start]) return false;
    return true;
  }

  #grow(): void {
    this.#places = new Int32Array(this.#places.length * 4);
    for (let number = 0; number < this.count; number++) {
      const place = this.#placeOf(this.#starts[number] ?? 0, this.#ends[number] ?? 0, this.#hashes[number] ?? 0);
      this.#places[place] = number + 1;
    }
  }
}
