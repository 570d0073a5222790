import { defineModule } from "firn";

export default defineModule({
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ services: { nginx: { enable: true } } }); // blame
  },
});
