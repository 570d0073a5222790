import { defineModule, option, types } from "firn";

const declared = defineModule({ options: { setting: option({ type: types.number }) } });

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: 1 / 0, // blame
    });
  },
});
