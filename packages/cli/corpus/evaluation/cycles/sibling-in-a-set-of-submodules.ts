import { defineModule, option, types } from "firn";

const zone = types.submodule({
  options: { name: option({ type: types.str }), parent: option({ type: types.str, default: "" }) },
});
const zones = defineModule({ options: { zones: option({ type: types.attrsOf(zone), default: {} }) } });

export default defineModule({
  imports: [zones],
  config({ config }, define) {
    define({ zones: { main: { name: "a.example" }, other: { name: "b.example" } } });
    define({ zones: { other: { parent: config.zones["main"]?.name ?? "" } } });
  },
});
