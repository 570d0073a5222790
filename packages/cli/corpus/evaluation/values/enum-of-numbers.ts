import { defineModule, option, types } from "firn";

const declared = defineModule({ options: { setting: option({ type: types.enum([1, 2, 5, 6]) }) } });

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      // @ts-expect-error The compiler refuses it too.
      setting: "5", // blame
    });
  },
});
