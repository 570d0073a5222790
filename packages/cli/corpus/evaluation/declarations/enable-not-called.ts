import { defineModule, mkEnableOption } from "firn";

export default defineModule({
  options: {
    services: {
      nginx: {
        // @ts-expect-error The compiler refuses it too.
        enable: mkEnableOption, // blame
      },
    },
  },
});
