import { defineModule, option, types } from "firn";

const host = types.submodule({ options: { root: option({ type: types.path }) } });
const nginx = defineModule({
  options: {
    virtualHosts: option({ type: types.attrsOf(host), default: {} }),
    text: option({ type: types.lines, default: "" }),
  },
  config({ config }, define) {
    for (const [name, virtualHost] of Object.entries(config.virtualHosts)) {
      define({ text: `${name} ${virtualHost.root}` }); // blame
    }
  },
});

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ virtualHosts: { "a.example": {} } });
  },
});
