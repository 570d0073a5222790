import { defineModule, option, types } from "firn";

const proxy = types.submodule({ options: { url: option({ type: types.str }) } });
const network = defineModule({ options: { proxy: option({ type: types.nullOr(proxy), default: null }) } });

export default defineModule({
  imports: [network],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ proxy: { uri: "http://proxy.example" } }); // blame
  },
});
