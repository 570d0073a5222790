export { applyDropIns, findValue, isFalse, isTrue, type ParsedUnit, parseUnit, type Unit } from "./parse-unit.ts";
export { compareUnits, type UnitComparison } from "./compare-units.ts";
export { type ChangedUnit, decideAction, type UnitDecision } from "./decide-action.ts";
export { checkUnitName, escapePath, unitNameOfMount } from "./unit-name.ts";
export { checkSetting } from "./check-setting.ts";
export { checkUnit } from "./check-unit.ts";
