import { defineModule, option, types } from "firn";

const nginx = defineModule({ options: { settings: option({ type: types.anything, default: {} }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ settings: { ports: [80] } }); // blame
    define({ settings: { ports: { http: 80 } } });
  },
});
