import { defineModule, option, types } from "firn";

const nginx = defineModule({ options: { web: { port: option({ type: types.port }) } } });
const apache = defineModule({
  options: {
    web: {
      port: option({ type: types.str }), // blame
    },
  },
});

export default defineModule({ imports: [nginx, apache] });
