import { defineModule, lazy, mkEnableOption } from "firn";

const nginx = defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({
      // @ts-expect-error The compiler refuses it too.
      services: lazy(() => ({
        nginx: { enabel: true }, // blame
      })),
    });
  },
});
