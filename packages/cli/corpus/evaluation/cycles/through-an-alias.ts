import { defineModule, mkAliasOptionModule, option, types } from "firn";

const nginx = defineModule({
  imports: [mkAliasOptionModule(["port"], ["services", "nginx", "port"])],
  options: { services: { nginx: { port: option({ type: types.int }) } } },
});

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    define({ services: { nginx: { port: config.port + 1 } } }); // blame
  },
});
