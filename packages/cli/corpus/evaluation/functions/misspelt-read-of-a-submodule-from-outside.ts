import { defineModule, option, types } from "firn";

const host = types.submodule({ options: { root: option({ type: types.path, default: "/srv" }) } });
const nginx = defineModule({
  options: {
    virtualHosts: option({ type: types.attrsOf(host), default: {} }),
    text: option({ type: types.lines, default: "" }),
  },
  config({ config }, define) {
    // @ts-expect-error The compiler refuses it too.
    for (const virtualHost of Object.values(config.virtualHosts)) define({ text: virtualHost.rooot }); // blame
  },
});

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ virtualHosts: { "a.example": {} } });
  },
});
