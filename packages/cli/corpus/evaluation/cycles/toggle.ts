import { defineModule, mkEnableOption } from "firn";

const nginx = defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    if (!config.services.nginx.enable) define({ services: { nginx: { enable: true } } }); // blame
  },
});
