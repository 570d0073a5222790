import { defineModule, mkAliasOptionModule, option, types } from "firn";

const nginx = defineModule({
  options: {
    services: { nginx: { domain: option({ type: types.str }) } },
    url: option({ type: types.str, default: "" }),
  },
});
const alias = mkAliasOptionModule(["domain"], ["services", "nginx", "domain"]);

export default defineModule({
  imports: [nginx, alias],
  config({ config }, define) {
    define({ url: `https://${config.domain}` }); // blame
  },
});
