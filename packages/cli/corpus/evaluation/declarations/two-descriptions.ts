import { defineModule, option, types } from "firn";

const nginx = defineModule({ options: { web: { port: option({ type: types.port, description: "Port of nginx" }) } } });
const apache = defineModule({
  options: {
    web: {
      port: option({ type: types.port, description: "Port of Apache" }), // blame
    },
  },
});

export default defineModule({ imports: [nginx, apache] });
