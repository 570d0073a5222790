import type { Place } from "@firn/diagnostic";
import { type Definition, placeOf, strongest } from "@firn/definition";
import { NO_VALUE } from "@firn/option";
import { CallCapture } from "./config-task.ts";
import type { OptionNode } from "./graph.ts";
import { plainValue } from "./plain-value.ts";
import { unwrapDefinitions } from "./unwrap-definitions.ts";

/** Where an option that was read got its value. */
export interface ReadOrigin {
  readonly path: readonly string[];
  readonly value: unknown;
  /** Definitions that are in the value. */
  readonly definitions: readonly { readonly module: string; readonly place: Place }[];
}

/** One definition of a member of an option such as `attrsOf(submodule(…))`. */
export interface MemberOrigin {
  readonly key: string;
  readonly module: string;
  readonly place: Place;
  /** What the defining function had read before; the same list for all that one call defines. */
  readonly reads: readonly ReadOrigin[];
}

/** Lists the definitions of all members of an option. */
export function memberOrigins(node: OptionNode): MemberOrigin[] {
  const readsOf = new Map<CallCapture, readonly ReadOrigin[]>();
  return unwrapDefinitions(node).flatMap(({ origin, value }) => {
    if (typeof value !== "object" || value === null) return [];
    const reads = origin.place.capture instanceof CallCapture ? readsOfCall(origin.place.capture, readsOf) : [];
    return membersOf(value).map(({ at, key }) => ({
      key,
      reads,
      module: origin.module,
      place: placeOf(origin, [...node.path, at]),
    }));
  });
}

/** A list that stands for members, as a type may allow it, names them. */
function membersOf(value: object): { readonly key: string; readonly at: string }[] {
  if (!Array.isArray(value)) return Object.keys(value).map((key) => ({ key, at: key }));
  return value.flatMap((key: unknown, index) => (typeof key === "string" ? [{ key, at: `${index}` }] : []));
}

function readsOfCall(call: CallCapture, known: Map<CallCapture, readonly ReadOrigin[]>): readonly ReadOrigin[] {
  const found = known.get(call);
  if (found !== undefined) return found;
  const nodes = [...new Set(call.reads.map(({ node }) => node))];
  const reads = nodes.map((node) => ({
    path: node.path,
    value: node.value === NO_VALUE ? undefined : plainValue(node.value),
    definitions: usedDefinitions(node).map(({ origin }) => ({
      module: origin.module,
      place: placeOf(origin, node.path),
    })),
  }));
  known.set(call, reads);
  return reads;
}

function usedDefinitions(node: OptionNode): readonly Definition[] {
  const active = unwrapDefinitions(node);
  return node.type.hasFields === true ? active : strongest(active);
}
