import { defineModule } from "firn";

export default defineModule({
  options: {
    port: null, // blame
  },
});
