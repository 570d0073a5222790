import { defineModule, mkEnableOption, mkIf, option, types } from "firn";

const nginx = defineModule({
  options: { settings: option({ type: types.attrs, default: {} }), enable: mkEnableOption("nginx") },
});

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ enable: mkIf(config.settings["web"], true) }); // blame
  },
});
