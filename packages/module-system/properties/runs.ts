// Which random inputs the property tests take. The seed is fixed, so that a
// change is judged by what it changes; FIRN_PROPERTY_SEED takes others, and
// FIRN_PROPERTY_RUNS more of them.

/** Seed of the random inputs. */
export const seed = Number(process.env["FIRN_PROPERTY_SEED"] ?? 20_261_122);

/** Says how many random inputs to take. */
export function runsOr(usual: number): number {
  return Number(process.env["FIRN_PROPERTY_RUNS"] ?? usual);
}
