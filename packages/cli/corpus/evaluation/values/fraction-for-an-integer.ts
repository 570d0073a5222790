import { defineModule, option, types } from "firn";

const declared = defineModule({ options: { setting: option({ type: types.int }) } });

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: 1.5, // blame
    });
  },
});
