import { defineModule, mkEnableOption } from "firn";

const web = defineModule({ options: { nginx: mkEnableOption("nginx"), php: mkEnableOption("PHP") } });

// Each brings the other, and neither is wanted.
export default defineModule({
  imports: [web],
  config({ config }, define) {
    if (config.nginx) define({ php: true });
    if (config.php) define({ nginx: true });
  },
});
