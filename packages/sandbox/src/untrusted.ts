// Shapes for data that was written where host code ran: each gives the data with
// its type, and nothing that was not expected, or throws a MismatchError.

/** Checks data and gives what is of use in it. */
export type Shape<T> = (data: unknown) => T;

/** Says that data has not the shape that it should have. */
export class MismatchError extends Error {
  constructor(expected: string) {
    super(`expected ${expected}`);
    this.name = "MismatchError";
  }
}

const textLimit = 100_000;
const listLimit = 1_000_000;

/** Takes text, cut at a length that no honest text has. */
export const text: Shape<string> = (data) => {
  if (typeof data !== "string") throw new MismatchError("text");
  return data.length > textLimit ? `${data.slice(0, textLimit)}…` : data;
};

/** Takes text of any length. */
export const longText: Shape<string> = (data) => {
  if (typeof data !== "string") throw new MismatchError("text");
  return data;
};

/** Takes a number. */
export const number: Shape<number> = (data) => {
  if (typeof data !== "number") throw new MismatchError("a number");
  return data;
};

/** Takes true or false. */
export const truth: Shape<boolean> = (data) => data === true;

/** Takes any data: JSON has nothing in it that could act. */
export const anything: Shape<unknown> = (data) => data;

/** Takes one of some texts. */
export function oneOf<const T extends string>(known: readonly T[]): Shape<T> {
  return (data) => {
    const found = known.find((each) => each === data);
    if (found === undefined) throw new MismatchError(`one of ${known.join(", ")}`);
    return found;
  };
}

/** Takes a list of what a shape takes. */
export function list<T>(element: Shape<T>): Shape<T[]> {
  return (data) => {
    if (!Array.isArray(data) || data.length > listLimit) throw new MismatchError("a list");
    return data.map(element);
  };
}

/** Takes what a shape takes, or nothing. */
export function optional<T>(shape: Shape<T>): Shape<T | undefined> {
  return (data) => (data === undefined || data === null ? undefined : shape(data));
}

/** Takes an object with fields; what is undefined is left out, and so is every other field. */
export function fields<T extends object>(shapes: { readonly [K in keyof T]-?: Shape<T[K] | undefined> }): Shape<T> {
  return (data) => {
    if (typeof data !== "object" || data === null) throw new MismatchError("an object");
    const entries = Object.entries<Shape<unknown>>(shapes).map(([name, shape]) => [
      name,
      shape(Object.hasOwn(data, name) ? Reflect.get(data, name) : undefined),
    ]);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as T; // The shapes say so.
  };
}
