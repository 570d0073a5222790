import { defineModule, option, types } from "firn";

const zones = defineModule({ options: { zones: option({ type: types.attrsOf(types.str), default: {} }) } });

export default defineModule({
  imports: [zones],
  config({ config }, define) {
    define({ zones: { main: "a.example" } });
    define({ zones: { other: config.zones["main"] ?? "none" } });
  },
});
