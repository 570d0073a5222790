import { defineModule, mkIf, option, types } from "firn";

const host = types.submodule({ options: { ssl: option({ type: types.bool, default: false }) } });
const nginx = defineModule({ options: { virtualHosts: option({ type: types.attrsOf(host), default: {} }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({
      virtualHosts: {
        "a.example": mkIf(false, {
          sll: true, // blame
        }),
        "b.example": {},
      },
    });
  },
});
