import { defineModule, option, types } from "firn";

const nginx = defineModule({ options: { settings: option({ type: types.anything, default: {} }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ settings: { http: { port: 80 } } }); // blame
    define({ settings: { http: { port: 8080 } } });
  },
});
