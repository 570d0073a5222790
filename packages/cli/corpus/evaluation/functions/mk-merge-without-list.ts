import { defineModule, mkEnableOption, mkMerge } from "firn";

const nginx = defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define(mkMerge({ services: { nginx: { enable: true } } })); // blame
  },
});
