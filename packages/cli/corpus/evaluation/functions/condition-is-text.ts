import { defineModule, mkEnableOption, mkIf, option, types } from "firn";

const nginx = defineModule({
  options: { domain: option({ type: types.str, default: "a.example" }), enable: mkEnableOption("nginx") },
});

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ enable: mkIf(config.domain, true) }); // blame
  },
});
