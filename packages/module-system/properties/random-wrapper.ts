import {
  lazy,
  mkAfter,
  mkBefore,
  mkDefault,
  mkDefinition,
  mkForce,
  mkIf,
  mkMerge,
  mkOptionDefault,
  mkOrder,
  mkOverride,
} from "@firn/definition";
import type { Dice } from "./dice.ts";

/** Puts a value into random wrappers, nested in any way. */
export function wrapped(value: unknown, dice: Dice, other: () => unknown): unknown {
  if (dice.chance(60)) return value;
  return wrapped(wrapOnce(value, dice, other), dice, other);
}

function wrapOnce(value: unknown, dice: Dice, other: () => unknown): unknown {
  switch (dice.below(12)) {
    case 0:
      return mkIf(dice.chance(70), value);
    case 1:
      return mkIf(
        lazy(() => true),
        value,
      );
    case 2:
      return mkMerge([value, ...dice.some(1, other)]);
    case 3:
      return mkForce(value);
    case 4:
      return mkDefault(value);
    case 5:
      return mkOptionDefault(value);
    case 6:
      return mkOverride(dice.below(2000), value);
    case 7:
      return mkOrder(dice.below(2000), value);
    case 8:
      return mkBefore(value);
    case 9:
      return mkAfter(value);
    case 10:
      return mkDefinition("elsewhere", value);
    default:
      return lazy(() => value);
  }
}
