import { defineModule, option, types } from "firn";

const declared = defineModule({ options: { setting: option({ type: types.port }) } });

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: 80_000, // blame
    });
  },
});
