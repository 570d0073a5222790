import { defineModule, option, types } from "firn";

export default defineModule({
  // @ts-expect-error The compiler refuses it too.
  options: () => ({ port: option({ type: types.port }) }), // blame
});
