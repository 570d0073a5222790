import { defineModule, lazy, mkEnableOption } from "firn";

const nginx = defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({
      services: lazy(() => ({
        // @ts-expect-error The compiler refuses it too.
        nginx: { enabel: true }, // blame
      })),
    });
  },
});
