import { defineModule, option, types } from "firn";

const network = defineModule({ options: { proxy: option({ type: types.nullOr(types.str), default: null }) } });

export default defineModule({
  imports: [network],
  config(_, define) {
    define({ proxy: null }); // blame
    define({ proxy: "http://proxy.example" });
  },
});
