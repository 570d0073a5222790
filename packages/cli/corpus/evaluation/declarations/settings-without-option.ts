import { defineModule, types } from "firn";

export default defineModule({
  options: {
    port: {
      type: types.port, // blame
      default: 80,
    },
  },
});
