import { types } from "firn";
import { assertUnit, renderUnit } from "./render-unit.ts";
import { unitBasics } from "./unit-basics.ts";

/** A name for units that belong together. */
export const target = types.submodule({
  options: unitBasics,
  config({ assert, config, name }, define) {
    const text = renderUnit(config, []);
    const full = `${name}.target`;
    define({ name: full, text });
    assertUnit(assert, { basics: config, name: full, text });
  },
});
