import { defineModule, option, types } from "firn";

const declared = defineModule({
  options: { setting: option({ type: types.enum(["yes", "no", "prohibit-password"]) }) },
});

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: false, // blame
    });
  },
});
