import { defineModule, option, types } from "firn";

const nginx = defineModule({
  freeform: types.attrsOf(types.int),
  options: { workers: option({ type: types.int, default: 4 }) },
});

export default defineModule({
  imports: [nginx],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ workers: 2, timeout: "30s" }); // blame
  },
});
