import { defineModule, mkEnableOption, option, types } from "firn";

const nginx = defineModule({
  options: {
    services: { nginx: { enable: mkEnableOption("nginx"), port: option({ type: types.port, default: 80 }) } },
  },
});

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({
      services: {
        nginx: {
          enable: true,
          // @ts-expect-error The compiler refuses it too.
          prot: 8080, // blame
        },
      },
    });
  },
});
