import { defineModule, option, types } from "firn";

const nginx = defineModule({
  args: { domain: types.str },
  options: { url: option({ type: types.str, default: "" }) },
  config({ args }, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ url: `https://${args.domian}` }); // blame
  },
});

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ _module: { args: { domain: "a.example" } } });
  },
});
