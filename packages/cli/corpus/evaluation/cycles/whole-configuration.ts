import { defineModule, option, types } from "firn";

const nginx = defineModule({
  options: { port: option({ type: types.int, default: 80 }), dump: option({ type: types.str, default: "" }) },
});

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    define({ dump: JSON.stringify(config) }); // blame
  },
});
