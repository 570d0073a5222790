import { defineModule, option, types } from "firn";

const nginx = defineModule({ options: { port: option({ type: types.int }) } });

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    define({ port: config.port + 1 }); // blame
  },
});
