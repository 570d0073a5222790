import { namesIn } from "./variable-value.ts";

/** Variables, by their name. */
export interface Variables {
  readonly [name: string]: string;
}

/** Puts variables behind those that they refer to, and else by their names. */
export function orderVariables(variables: Variables): [name: string, value: string][] {
  const ordered = new Map<string, string>();
  visitAll(variables, { leave: (name, value) => void ordered.set(name, value), onCycle: () => undefined });
  return [...ordered];
}

/** Lists variables that refer to each other, so that none of them can be first: each circle once. */
export function findCircles(variables: Variables): string[][] {
  const circles: string[][] = [];
  visitAll(variables, { leave: () => undefined, onCycle: (names) => void circles.push(names) });
  return circles;
}

interface Visitor {
  /** Is called for each variable, after it was for all that it refers to. */
  leave(name: string, value: string): void;
  onCycle(names: string[]): void;
}

function visitAll(variables: Variables, { leave, onCycle }: Visitor): void {
  const done = new Set<string>();
  const visit = (name: string, above: readonly string[]): void => {
    if (above.includes(name)) return onCycle(above.slice(above.indexOf(name)));
    if (done.has(name)) return;
    const value = variables[name] ?? "";
    // What a variable says of itself is what it was before.
    const others = namesIn(value).filter((each) => each !== name && Object.hasOwn(variables, each));
    for (const other of others.toSorted()) visit(other, [...above, name]);
    done.add(name);
    leave(name, value);
  };
  for (const name of Object.keys(variables).toSorted()) visit(name, []);
}
