import { defineModule, option, types } from "firn";

const shell = defineModule({
  options: { greeting: option({ type: types.functionTo(types.str) }), text: option({ type: types.str, default: "" }) },
});

export default defineModule({
  imports: [shell],
  config({ config }, define) {
    define({ greeting: (name) => `hello ${String(name)}` });
    define({ text: config.greeting("ann") }); // blame
  },
});
