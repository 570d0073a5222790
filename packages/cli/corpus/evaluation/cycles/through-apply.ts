import { defineModule, option, types } from "firn";

const nginx = defineModule({
  options: {
    port: option({ type: types.int, apply: (port) => port + 1 }),
    next: option({ type: types.int, apply: (port) => port + 1, default: 0 }),
  },
});

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    define({ port: config.next }); // blame
    define({ next: config.port });
  },
});
