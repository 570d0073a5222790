import type { Store } from "@firn/store";
import { type FindCause, openCauses } from "./cause.ts";
import { parseOrigins } from "./origins.ts";

/** Opens the causes of what is different between two generations of a store; either may be missing. */
export function causesBetween(
  { from, to }: { readonly from?: string | undefined; readonly to?: string | undefined },
  store: Store,
): FindCause {
  const [before, after] = [from, to].map((name) =>
    name === undefined ? undefined : parseOrigins(store.readOrigins(name)),
  );
  return openCauses(before, after);
}
