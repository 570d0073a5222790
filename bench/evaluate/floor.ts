import type { Kind } from "./configuration.ts";

/**
 * A module by hand: declares its options in `services`, and defines. What reads
 * other options is a function, called when the option that it is for is read.
 */
export type FloorModule = (services: Services, by: Pick<typeof hand, "declare" | "define" | "read">) => void;

type Services = Record<string, Record<string, Slot>>;

interface Slot {
  readonly kind: Kind;
  readonly fallback: unknown;
  readonly definitions: FloorDefinition[];
  merged: unknown;
  settled: boolean;
}

interface FloorDefinition {
  readonly priority: number;
  readonly value: unknown;
  readonly when?: () => boolean;
}

type FloorEntries = Record<string, Record<string, readonly [priority: number, value: unknown]>>;

/** Merges the definitions of all modules with no types, places or checks: what the work costs at the least. */
export function mergeByHand(modules: readonly FloorModule[]): unknown {
  const services: Services = {};
  for (const module of modules) module(services, hand);
  const merged: Record<string, Record<string, unknown>> = {};
  for (const [name, slots] of Object.entries(services)) {
    const values: Record<string, unknown> = {};
    for (const option in slots) values[option] = hand.read(slots[option] as Slot); // The key is one of its own.
    merged[name] = values;
  }
  return { services: merged };
}

const hand = {
  declare(kind: Kind, fallback: unknown): Slot {
    return { kind, fallback, definitions: [], merged: undefined, settled: false };
  },
  define(slot: Slot, definition: FloorDefinition): void {
    slot.definitions.push(definition);
  },
  read(slot: Slot): unknown {
    if (!slot.settled) {
      slot.merged = mergeSlot(slot);
      slot.settled = true;
    }
    return slot.merged;
  },
};

function mergeSlot({ kind, fallback, definitions }: Slot): unknown {
  let least = Number.POSITIVE_INFINITY;
  let values: unknown[] = [];
  for (const { priority, value, when } of definitions) {
    if (priority > least || when?.() === false) continue;
    if (priority < least) values = [];
    least = priority;
    values.push(typeof value === "function" ? value() : value);
  }
  return values.length === 0 ? fallback : mergeValues(kind, values);
}

function mergeValues(kind: Kind, values: readonly unknown[]): unknown {
  if (kind === "list") return values.flat();
  if (kind === "lines") return values.join("\n");
  return kind === "entries" ? mergeEntries(values as FloorEntries[]) : values[0];
}

function mergeEntries(values: readonly FloorEntries[]): unknown {
  const merged: Record<string, unknown> = {};
  for (const entries of values) for (const name in entries) merged[name] ??= mergeEntry(values, name);
  return merged;
}

function mergeEntry(values: readonly FloorEntries[], name: string): unknown {
  const merged: Record<string, unknown> = { enable: true, host: "localhost", port: 80, root: "/srv", tags: [] };
  const least: Record<string, number> = { enable: 1500, host: 1500, port: 1500, root: 1500, tags: 1500 };
  for (const entries of values) {
    const given = entries[name];
    for (const field in given) {
      const [priority, value] = given[field] as [number, unknown]; // The key is one of its own.
      const strongest = least[field] ?? 0;
      if (priority > strongest) continue;
      merged[field] = priority === strongest && field === "tags" ? (merged.tags as unknown[]).concat(value) : value;
      least[field] = priority;
    }
  }
  return merged;
}
