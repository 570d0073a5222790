import { distance } from "fastest-levenshtein";

const manyNames = 100;

/**
 * Finds the names nearest to a misspelt one by edit distance, closest first and
 * ties by name: at most three, and among a hundred names or more only those at
 * most two edits away, since there three arbitrary ones would mislead.
 */
export function nearestNames(name: string, candidates: Iterable<string>): string[] {
  const ranked = [...candidates].map((candidate) => ({ candidate, edits: distance(name, candidate) }));
  const near = ranked.length < manyNames ? ranked : ranked.filter(({ edits }) => edits <= 2);
  near.sort((a, b) => a.edits - b.edits || (a.candidate < b.candidate ? -1 : 1));
  return near.slice(0, 3).map(({ candidate }) => candidate);
}
