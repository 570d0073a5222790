import { defineModule, option, types } from "firn";

export default defineModule({
  // @ts-expect-error The compiler refuses it too.
  options: [option({ type: types.port })], // blame
});
