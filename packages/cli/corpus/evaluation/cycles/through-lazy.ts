import { defineModule, lazy, option, types } from "firn";

const nginx = defineModule({ options: { port: option({ type: types.int, default: 80 }) } });

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    define({ port: lazy(() => config.port + 1) }); // blame
  },
});
