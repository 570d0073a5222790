import { defineModule, option, types } from "firn";

const nginx = defineModule({
  args: { domain: types.str },
  options: { url: option({ type: types.str, default: "" }) },
  config({ args }, define) {
    define({ url: `https://${args.domain}` }); // blame
  },
});

export default nginx;
