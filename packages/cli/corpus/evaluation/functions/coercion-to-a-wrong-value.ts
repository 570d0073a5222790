import { defineModule, option, types } from "firn";

const firewall = defineModule({
  options: { port: option({ type: types.coercedTo(types.str, Number, types.port) }) },
});

export default defineModule({
  imports: [firewall],
  config(_, define) {
    define({ port: "http" }); // blame
  },
});
