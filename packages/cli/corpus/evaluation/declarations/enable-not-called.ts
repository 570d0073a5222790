import { defineModule, mkEnableOption } from "firn";

export default defineModule({
  options: {
    services: {
      nginx: {
        enable: mkEnableOption, // blame
      },
    },
  },
});
