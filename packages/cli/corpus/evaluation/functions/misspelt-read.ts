import { defineModule, mkEnableOption, option, types } from "firn";

const nginx = defineModule({
  options: {
    services: { nginx: { enable: mkEnableOption("nginx") } },
    on: option({ type: types.bool, default: false }),
  },
});

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ on: config.services.nginx.enabel }); // blame
  },
});
