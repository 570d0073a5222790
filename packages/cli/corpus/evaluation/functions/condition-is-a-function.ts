import { defineModule, mkEnableOption, mkIf, option, types } from "firn";

const nginx = defineModule({
  options: { enable: mkEnableOption("nginx"), port: option({ type: types.port, default: 80 }) },
});

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ port: mkIf(() => config.enable, 8080) }); // blame
  },
});
