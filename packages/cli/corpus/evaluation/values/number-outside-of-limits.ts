import { defineModule, option, types } from "firn";

const declared = defineModule({ options: { setting: option({ type: types.ints.between(1, 10) }) } });

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: 11, // blame
    });
  },
});
