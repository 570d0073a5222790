import { relative } from "node:path";
import type { Diagnostic } from "@firn/diagnostic";
import type { InputPath } from "@firn/input";
import type { ListedPackage } from "./package-list.ts";

type Offer = ListedPackage & { readonly from: InputPath };

/** Two packages of one name. */
export interface NameClash {
  /** The flake, absolute. */
  readonly root: string;
  /** The input that would see both; empty for the flake itself. */
  readonly path: InputPath;
  readonly name: string;
  readonly offers: readonly [Offer, Offer];
}

/** Says that two packages have one name: `package-clash`. */
export function nameClash({ root, path, name, offers }: NameClash): Diagnostic {
  const flake = path === "" ? "the flake" : `the input "${path}"`;
  const why = offers.map(
    ({ from, folder }) =>
      `${from === "" ? capitalize(flake) : `The input "${from}"`} has it in "${relative(root, folder)}"`,
  );
  return {
    code: "package-clash",
    severity: "error",
    message: `Cannot link the package "${name}" for ${flake}: two folders have that name`,
    marks: [],
    why,
    fix: 'Change one "name" in package.json, remove one of the inputs, or let one follow the other in flake.yaml',
  };
}

function capitalize(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

/** Says that a package of an input has the name of something that is installed: `package-clash`. */
export function takenName({ root, offer, by }: { root: string; offer: Offer; by: string }): Diagnostic {
  return {
    code: "package-clash",
    severity: "error",
    message: `Cannot link the package "${offer.name}" of the input "${offer.from}": another of that name is installed`,
    marks: [],
    why: [`The input has it in "${relative(root, offer.folder)}"`, `The other is "${relative(root, by)}"`],
    fix: `Remove "${relative(root, by)}" if it is not needed, or the input: firn input remove ${offer.from}`,
  };
}
