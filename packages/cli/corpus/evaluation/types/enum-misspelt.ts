import { defineModule, option, types } from "firn";

const declared = defineModule({
  options: { setting: option({ type: types.enum(["debug", "info", "warn", "error"]) }) },
});

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: "debgu", // blame
    });
  },
});
