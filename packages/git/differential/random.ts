/** Numbers that look random and are the same for the same seed. */
export class Random {
  #state: number;

  constructor(seed: number) {
    // Neighboring seeds would start alike; the multiplication drives them apart.
    this.#state = Math.imul(seed + 1, 0x9e3779b1);
  }

  /** Gives a whole number from 0 up to a limit, which it never is. */
  below(limit: number): number {
    return Math.floor(this.#next() * limit);
  }

  /** Is true in the given share of cases, from 0 to 1. */
  chance(share: number): boolean {
    return this.#next() < share;
  }

  /** Picks one of a list; undefined of an empty one. */
  pick<Item>(items: readonly Item[]): Item | undefined {
    return items[this.below(items.length)];
  }

  /** Picks one of a list by weight. */
  weighted<Item>(items: readonly (readonly [weight: number, item: Item])[]): Item | undefined {
    let left = this.#next() * items.reduce((sum, [weight]) => sum + weight, 0);
    return items.find(([weight]) => (left -= weight) < 0)?.[1];
  }

  /** Mulberry32: short, and good enough for choosing. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }
}
