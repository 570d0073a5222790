import { defineModule } from "firn";

const nginx = defineModule({
  options: {
    services: {
      nginx: {
        // @ts-expect-error The compiler refuses it too.
        enable: true, // blame
      },
    },
  },
});

export default nginx;
