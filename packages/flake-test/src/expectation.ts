/** Says what a value has to be; what it is not fails the test. */
export type Expect = <Value>(value: Value) => Expectation<Value>;

/** What a value can be expected to be. */
export interface Expectation<Value> {
  /** Expects the very same value. */
  toBe(expected: Value): void;
  /** Expects a value with the same content, to any depth. */
  toEqual(expected: Value): void;
  /** Expects a text with this part, or a list with this item. */
  toContain(part: Value extends readonly (infer Item)[] ? Item : string): void;
  /** Expects a text that the pattern finds itself in. */
  toMatch(pattern: RegExp): void;
  /** Expects the opposite of what follows. */
  readonly not: Omit<Expectation<Value>, "not">;
}
