import { defineModule, option, types } from "firn";

export default defineModule({
  options: () => ({ port: option({ type: types.port }) }), // blame
});
