import { defineModule, types } from "firn";

export default defineModule({
  options: {
    port: types.port, // blame
  },
});
