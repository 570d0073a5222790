import { defineModule, option, types } from "firn";

export default defineModule({
  options: {
    port: option({
      type: types.port,
      // @ts-expect-error The compiler refuses it too.
      default: "80", // blame
    }),
  },
});
