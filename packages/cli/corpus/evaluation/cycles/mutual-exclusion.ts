import { defineModule, mkEnableOption } from "firn";

const web = defineModule({ options: { nginx: mkEnableOption("nginx"), apache: mkEnableOption("Apache") } });

export default defineModule({
  imports: [web],
  config({ config }, define) {
    define({ nginx: !config.apache }); // blame
    define({ apache: !config.nginx });
  },
});
