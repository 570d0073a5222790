import { defineModule, option, types } from "firn";

const declared = defineModule({ options: { setting: option({ type: types.singleLineStr }) } });

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      setting: "one\ntwo", // blame
    });
  },
});
