import { defineModule, mkEnableOption } from "firn";

const nginx = defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });

export default defineModule({
  imports: [nginx],
  config({ options }, define) {
    // @ts-expect-error The compiler refuses it too.
    if (options.services.ngnix.enable.isDefined) define({ services: { nginx: { enable: true } } }); // blame
  },
});
