import { defineModule, mkAliasOptionModule, option, types } from "firn";

const nginx = defineModule({
  imports: [mkAliasOptionModule(["port"], ["services", "nginx", "port"])],
  options: { services: { nginx: { port: option({ type: types.port, default: 80 }) } } },
});

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ port: "8080" }); // blame
  },
});
