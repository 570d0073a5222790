import { defineModule, option, types } from "firn";

const nginx = defineModule({ options: { web: option({ type: types.str, default: "nginx" }) } });
const apache = defineModule({
  options: {
    web: { port: option({ type: types.port, default: 80 }) }, // blame
  },
});

export default defineModule({ imports: [nginx, apache] });
