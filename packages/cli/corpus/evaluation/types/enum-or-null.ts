import { defineModule, option, types } from "firn";

const declared = defineModule({ options: { setting: option({ type: types.nullOr(types.enum(["tcp", "udp"])) }) } });

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: "tpc", // blame
    });
  },
});
