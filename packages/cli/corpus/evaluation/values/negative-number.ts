import { defineModule, option, types } from "firn";

const declared = defineModule({ options: { setting: option({ type: types.ints.unsigned }) } });

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: -1, // blame
    });
  },
});
