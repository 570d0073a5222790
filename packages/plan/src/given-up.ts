import { byPath } from "./path-text.ts";
import type { FileStep, GivenUpPaths } from "./plan.ts";
import type { PackagesPlan } from "./package-steps.ts";
import type { Planning } from "./planning.ts";
import type { SwitchRecord } from "./record.ts";

/** What Firn gives up, and what is remembered of it. */
export interface GivenUpPlan {
  readonly givenUp: GivenUpPaths;
  readonly record: Pick<SwitchRecord, "givenUp">;
}

/** Plans which paths packages get back: those that Firn had for the system, where packages are managed. */
export function planGivenUp(
  { desired, packages, record, scope }: Planning,
  parts: { readonly steps: readonly FileStep[]; readonly packages: PackagesPlan },
): GivenUpPlan {
  const hasManager = packages?.installed !== undefined && scope.kind === "system";
  const gone = parts.steps.filter(({ action, after, before, user }) => {
    // What was there before Firn may be what an earlier version of a package had.
    const isLeft = action === "remove" || (after.kind === "kept" && after.state.kind === "file");
    return isLeft && before.kind !== "directory" && user === undefined;
  });
  const paths = hasManager ? gone.toSorted(byPath).map(({ path }) => path) : [];
  const isManaged = desired?.packages !== undefined;
  const remembered = isManaged ? [...new Set([...(record.givenUp ?? []), ...paths])].toSorted() : [];
  return {
    givenUp: { paths, brought: paths.length === 0 ? [] : broughtPackages(parts.packages) },
    record: remembered.length === 0 ? {} : { givenUp: remembered },
  };
}

function broughtPackages({ record }: PackagesPlan): string[] {
  return Object.entries(record.packages ?? {})
    .filter(([, { version }]) => version === undefined)
    .map(([name]) => name)
    .toSorted();
}
