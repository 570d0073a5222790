import { defineModule, option, types } from "firn";

export default defineModule({
  options: [option({ type: types.port })], // blame
});
