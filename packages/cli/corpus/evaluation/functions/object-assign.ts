import { defineModule, mkEnableOption } from "firn";

const nginx = defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });

export default defineModule({
  imports: [nginx],
  config({ config }) {
    Object.assign(config.services.nginx, { enable: true }); // blame
  },
});
