import { defineModule, option, types } from "firn";

const nginx = defineModule({
  options: {
    nginx: { user: option({ type: types.str }), group: option({ type: types.str }) },
    php: { user: option({ type: types.str }), group: option({ type: types.str }) },
  },
});
const php = defineModule({
  imports: [nginx],
  config({ config }, define) {
    define({ php: { user: "php", group: config.nginx.group } });
  },
});

export default defineModule({
  imports: [php],
  config({ config }, define) {
    define({ nginx: { user: config.php.user, group: "www" } }); // blame
  },
});
