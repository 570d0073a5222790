import { defineModule, option, types } from "firn";

export default defineModule({
  options: { ports: option({ type: types.listOf(types.port), default: [] }) },
  config({ config }, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ ports: [config.services.nginx.port] }); // blame
  },
});
