import { defineModule, types } from "firn";

export default defineModule({
  options: {
    // @ts-expect-error The compiler refuses it too.
    port: { type: types.port, default: 80 }, // blame
  },
});
