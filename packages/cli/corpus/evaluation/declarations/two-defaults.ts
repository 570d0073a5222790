import { defineModule, option, types } from "firn";

const nginx = defineModule({ options: { web: { port: option({ type: types.port, default: 80 }) } } });
const apache = defineModule({
  options: {
    web: {
      port: option({ type: types.port, default: 8080 }), // blame
    },
  },
});

export default defineModule({ imports: [nginx, apache] });
