import { defineModule, mkEnableOption } from "firn";

const nginx = defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({
      services: { nginx: { enable: true } },
      // @ts-expect-error The compiler refuses it too.
      networking: { firewall: { allowedTCPPorts: [80] } }, // blame
    });
  },
});
