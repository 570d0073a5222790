import { defineModule, option, types } from "firn";

export default defineModule({
  options: { port: option({ type: types.port, default: 80 }) },
  config({ config, assert }) {
    // @ts-expect-error The compiler refuses it too.
    assert(config.port !== 80); // blame
  },
});
