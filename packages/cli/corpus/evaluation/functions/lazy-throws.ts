import { defineModule, lazy, option, types } from "firn";

const host = defineModule({ options: { address: option({ type: types.str }) } });
const addresses: { readonly [name: string]: { readonly ip: string } } = {};

export default defineModule({
  imports: [host],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ address: lazy(() => addresses["web"].ip) }); // blame
  },
});
