import { defineModule, option, types } from "firn";

const declared = defineModule({ options: { setting: option({ type: types.nonEmptyListOf(types.str) }) } });

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: [], // blame
    });
  },
});
