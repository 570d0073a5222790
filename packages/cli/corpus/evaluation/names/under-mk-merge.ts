import { defineModule, mkEnableOption, mkMerge } from "firn";

const nginx = defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define(mkMerge([
      { services: { nginx: { enable: true } } },
      { services: { nignx: { enable: true } } }, // blame
    ]));
  },
});
