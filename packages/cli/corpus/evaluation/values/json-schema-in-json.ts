import { defineModule, option, types } from "firn";

const nginx = defineModule({ options: { settings: option({ type: types.json, default: {} }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({
      // @ts-expect-error The compiler refuses it too.
      settings: {
        since: new Date(0), // blame
      },
    });
  },
});
