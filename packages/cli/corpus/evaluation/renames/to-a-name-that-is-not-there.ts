import { defineModule, mkRenamedOptionModule, option, types } from "firn";

const nginx = defineModule({
  imports: [mkRenamedOptionModule(["nginx", "port"], ["services", "ngnix", "port"])],
  options: { services: { nginx: { port: option({ type: types.port, default: 80 }) } } },
});

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ nginx: { port: 8080 } }); // blame
  },
});
