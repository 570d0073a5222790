import { defineModule, mkEnableOption } from "firn";

const nginx = defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });

export default defineModule({
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ imports: [nginx] }); // blame
  },
});
