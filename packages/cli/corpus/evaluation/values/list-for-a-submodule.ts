import { defineModule, option, types } from "firn";

const declared = defineModule({
  options: {
    setting: option({
      type: types.submodule({
        options: { host: option({ type: types.str }), port: option({ type: types.port, default: 25 }) },
      }),
    }),
  },
});

export default defineModule({
  imports: [declared],
  config(_, define) {
    define({
      // @ts-expect-error The compiler refuses it too.
      setting: [{ host: "mail.example" }], // blame
    });
  },
});
