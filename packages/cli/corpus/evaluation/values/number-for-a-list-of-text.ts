import { defineModule, option, types } from "firn";

const declared = defineModule({ options: { setting: option({ type: types.listOf(types.str) }) } });

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      // @ts-expect-error The compiler refuses it too.
      setting: 22, // blame
    });
  },
});
