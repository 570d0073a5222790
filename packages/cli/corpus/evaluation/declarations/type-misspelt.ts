import { defineModule, option, types } from "firn";

export default defineModule({
  options: {
    // @ts-expect-error The compiler refuses it too.
    domain: option({ type: types.string }), // blame
  },
});
