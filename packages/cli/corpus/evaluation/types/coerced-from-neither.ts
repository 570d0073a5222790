import { defineModule, option, types } from "firn";

const declared = defineModule({
  options: { setting: option({ type: types.coercedTo(types.int, String, types.str) }) },
});

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: [1], // blame
    });
  },
});
