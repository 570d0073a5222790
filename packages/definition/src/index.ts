export { lazy, mkIf, mkMerge } from "./condition.ts";
export { mkDefault, mkForce, mkOptionDefault, mkOverride, priorities } from "./priority.ts";
export { mkAfter, mkBefore, mkOrder, orders } from "./order.ts";
export { mkDefinition, moveOrigin, type Origin, placeOf } from "./origin.ts";
export { type Definable, findWrapper, type Wrappable, wrap, type Wrapped, type Wrapper } from "./wrapped.ts";
export { type Definition, discharge, type Discharging, sortByOrder, strongest, unfold } from "./definition.ts";
