import type { Unit } from "./parse-unit.ts";

/** Lists what systemd would not take of a whole unit of a type such as "service". */
export function checkUnit(_type: string, _unit: Unit): string[] {
  return [];
}
