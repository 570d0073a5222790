import { defineModule, option, types } from "firn";

const declared = defineModule({ options: { setting: option({ type: types.ints.u8 }) } });

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: 256, // blame
    });
  },
});
