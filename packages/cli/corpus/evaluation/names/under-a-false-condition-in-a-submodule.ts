import { defineModule, mkIf, option, types } from "firn";

const host = types.submodule({ options: { ssl: option({ type: types.bool, default: false }) } });
const nginx = defineModule({ options: { virtualHosts: option({ type: types.attrsOf(host), default: {} }) } });

// A submodule that no definition makes has no options to compare names with.
export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({
      virtualHosts: {
        // @ts-expect-error The compiler refuses it too.
        "a.example": mkIf(false, { sll: true }),
        "b.example": {},
      },
    });
  },
});
