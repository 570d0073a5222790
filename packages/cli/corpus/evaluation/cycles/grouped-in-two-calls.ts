import { defineModule, option, types } from "firn";

const nginx = defineModule({
  options: { domain: option({ type: types.str }), url: option({ type: types.str }) },
});

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    define({ domain: "a.example" });
    define({ url: `https://${config.domain}` });
  },
});
