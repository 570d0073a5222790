import { defineModule, option, types } from "firn";

const host = types.submodule({
  options: { root: option({ type: types.path }), index: option({ type: types.str, default: "" }) },
});
const nginx = defineModule({ options: { virtualHosts: option({ type: types.attrsOf(host), default: {} }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({
      virtualHosts: {
        "a.example": { root: "/srv/a" },
        "b.example": {
          // @ts-expect-error The compiler refuses it too.
          rooot: "/srv/b", // blame
        },
      },
    });
  },
});
