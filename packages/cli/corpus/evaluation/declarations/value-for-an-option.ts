import { defineModule } from "firn";

const nginx = defineModule({
  options: {
    services: {
      nginx: {
        enable: true, // blame
      },
    },
  },
});

export default nginx;
