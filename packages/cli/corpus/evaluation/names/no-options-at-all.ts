import { defineModule } from "firn";

export default defineModule({
  config(_, define) {
    define({ services: { nginx: { enable: true } } }); // blame
  },
});
