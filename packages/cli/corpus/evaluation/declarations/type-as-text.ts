import { defineModule, option } from "firn";

export default defineModule({
  options: {
    // @ts-expect-error The compiler refuses it too.
    domain: option({ type: "string" }), // blame
  },
});
