import { defineModule, option, types } from "firn";

const declared = defineModule({
  options: {
    setting: option({
      type: types.addCheck(types.listOf(types.str), (value) => value[0]!.length > 0, "list that starts with text"),
    }),
  },
});

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: [], // blame
    });
  },
});
