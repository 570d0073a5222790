import { defineModule, mkEnableOption, option, types } from "firn";

const nginx = defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({
      services: {
        nginx: {
          // @ts-expect-error The compiler refuses it too.
          port: option({ type: types.port, default: 80 }), // blame
        },
      },
    });
  },
});
