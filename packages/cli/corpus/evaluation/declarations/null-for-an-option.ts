import { defineModule } from "firn";

export default defineModule({
  options: {
    // @ts-expect-error The compiler refuses it too.
    port: null, // blame
  },
});
