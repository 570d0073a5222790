import { defineModule, option } from "firn";

export default defineModule({
  options: {
    // @ts-expect-error The compiler refuses it too.
    workers: option({ type: Number }), // blame
  },
});
