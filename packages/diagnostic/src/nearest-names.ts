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

/** Finds, among the nearest names, those that may have been meant: at most half of the letters differ, not counting case. */
export function similarNames(name: string, candidates: Iterable<string>): string[] {
  const wanted = name.toLowerCase();
  return nearestNames(name, candidates).filter((candidate) => {
    const length = Math.max(name.length, candidate.length);
    return distance(wanted, candidate.toLowerCase()) <= Math.max(1, Math.min(2, length - 1), Math.floor(length / 2));
  });
}
