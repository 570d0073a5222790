import type { Offer } from "./catalog.ts";

/** A package of a closure, and what it needs of the others. */
export interface ClosureNode {
  readonly offer: Offer;
  readonly needs: readonly ClosureNode[];
}

/** Finds which packages of a closure need which, in the order of names: by name, or because one provides what is needed. */
export function linkClosure(offers: readonly Offer[]): ReadonlyMap<string, ClosureNode> {
  const sorted = offers.toSorted((one, other) => (one.pin.name < other.pin.name ? -1 : 1));
  const nodes = sorted.map((offer) => ({ offer, needs: [] as ClosureNode[] })); // Filled below.
  const byName = new Map(nodes.map((node) => [node.offer.pin.name, [node]]));
  for (const node of nodes)
    for (const { name } of node.offer.stanza.provides) byName.set(name, [...(byName.get(name) ?? []), node]);
  for (const node of nodes) {
    const names = new Set(node.offer.stanza.needs.flat().map(({ name }) => name));
    const needed = new Set([...names].flatMap((name) => byName.get(name) ?? []));
    node.needs.push(...[...needed].filter((other) => other !== node));
    node.needs.sort((one, other) => (one.offer.pin.name < other.offer.pin.name ? -1 : 1));
  }
  return new Map(nodes.map((node) => [node.offer.pin.name, node]));
}

/** Finds who needs each package that can be reached: the first on the shortest way from some that are at hand; those need nobody. */
export function findNeeders(
  nodes: ReadonlyMap<string, ClosureNode>,
  starts: Iterable<string>,
): ReadonlyMap<string, string | undefined> {
  const needers = new Map<string, string | undefined>();
  for (const name of [...starts].toSorted()) if (nodes.has(name)) needers.set(name, undefined);
  let level = [...needers.keys()];
  while (level.length > 0) {
    const next = new Map<string, string>();
    for (const edge of level.flatMap((name) => listEdges(name, nodes)))
      // Of several that need one, the first in this order counts.
      if (!needers.has(edge.needed) && !next.has(edge.needed)) next.set(edge.needed, edge.needer);
    for (const [needed, needer] of next) needers.set(needed, needer);
    level = [...next.keys()].toSorted();
  }
  return needers;
}

function listEdges(name: string, nodes: ReadonlyMap<string, ClosureNode>): { needer: string; needed: string }[] {
  const needs = nodes.get(name)?.needs ?? [];
  return needs.map(({ offer }) => ({ needer: name, needed: offer.pin.name }));
}
