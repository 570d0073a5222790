import { defineModule, lazy, option, types } from "firn";

const zones = defineModule({ options: { zones: option({ type: types.attrsOf(types.str), default: {} }) } });

// In NixOS a member that reads its sibling is an infinite recursion, unless the type is lazyAttrsOf.
export default defineModule({
  imports: [zones],
  config({ config }, define) {
    define({ zones: { main: "a.example" } });
    define({ zones: { other: lazy(() => config.zones["main"] ?? "none") } });
  },
});
