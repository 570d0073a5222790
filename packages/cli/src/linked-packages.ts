import { existsSync, readdirSync, realpathSync } from "node:fs";
import { join, relative } from "node:path";

/** Where packages of inputs are linked for those of the flake. */
const areas = ["hosts", "modules", "packages"];

/** Lists the packages of inputs that a flake can import: names by folder relative to the flake. */
export function listLinkedPackages(root: string): ReadonlyMap<string, string> {
  const inputs = join(realpathSync(root), ".firn", "inputs", "/");
  const found = areas.flatMap((area) => {
    const folder = join(root, area, "node_modules");
    return listNames(folder).map((name) => ({ name, real: realpathSync(join(folder, name)) }));
  });
  const ofInputs = found.filter(({ real }) => real.startsWith(inputs));
  return new Map(ofInputs.map(({ name, real }) => [relative(realpathSync(root), real), name]));
}

function listNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => {
    if (name.startsWith(".")) return [];
    return name.startsWith("@") ? readdirSync(join(folder, name)).map((below) => `${name}/${below}`) : [name];
  });
}
