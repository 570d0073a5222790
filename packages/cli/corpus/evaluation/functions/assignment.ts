import { defineModule, mkEnableOption } from "firn";

const nginx = defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });

export default defineModule({
  imports: [nginx],
  config({ config }) {
    // @ts-expect-error The compiler refuses it too.
    config.services.nginx.enable = true; // blame
  },
});
