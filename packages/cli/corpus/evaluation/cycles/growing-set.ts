import { defineModule, option, types } from "firn";

const zones = defineModule({ options: { zones: option({ type: types.attrsOf(types.str), default: { a: "a" } }) } });

export default defineModule({
  imports: [zones],
  config({ config }, define) {
    for (const [name, zone] of Object.entries(config.zones)) define({ zones: { [`${name}x`]: zone } }); // blame
  },
});
