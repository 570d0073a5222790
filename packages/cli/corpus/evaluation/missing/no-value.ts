import { defineModule, option, types } from "firn";

const nginx = defineModule({
  options: { domain: option({ type: types.str }), url: option({ type: types.str, default: "" }) },
});

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    define({ url: `https://${config.domain}` }); // blame
  },
});
