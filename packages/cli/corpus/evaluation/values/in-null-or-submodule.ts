import { defineModule, option, types } from "firn";

const proxy = types.submodule({ options: { port: option({ type: types.port }) } });
const network = defineModule({ options: { proxy: option({ type: types.nullOr(proxy), default: null }) } });

export default defineModule({
  imports: [network],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ proxy: { port: null } }); // blame
  },
});
