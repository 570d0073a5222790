import { defineModule, mkEnableOption, mkIf, option, types } from "firn";

const nginx = defineModule({
  options: {
    domain: option({ type: types.nullOr(types.str), default: null }),
    services: { nginx: { enable: mkEnableOption("nginx") } },
  },
});

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    // @ts-expect-error The compiler refuses it too.
    define(mkIf(config.domain, { services: { nginx: { enable: true } } })); // blame
  },
});
