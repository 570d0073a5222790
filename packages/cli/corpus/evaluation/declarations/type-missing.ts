import { defineModule, option } from "firn";

export default defineModule({
  options: {
    // @ts-expect-error The compiler refuses it too.
    port: option({ default: 80 }), // blame
  },
});
