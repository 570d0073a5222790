import { defineModule, option, types } from "firn";

const nginx = defineModule({
  args: { port: types.port },
  options: { url: option({ type: types.str, default: "" }) },
  config({ args }, define) {
    define({ url: `http://localhost:${args.port}` });
  },
});

export default defineModule({
  imports: [nginx],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ _module: { args: { port: "80" } } }); // blame
  },
});
