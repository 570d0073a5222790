import { defineModule, option, types } from "firn";

const declared = defineModule({ options: { setting: option({ type: types.bool }) } });

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      // @ts-expect-error The compiler refuses it too.
      setting: "yes", // blame
    });
  },
});
