import { defineModule, option, types } from "firn";

const nginx = defineModule({
  options: {
    nginx: { port: option({ type: types.port }), php: option({ type: types.port }) },
    php: { port: option({ type: types.port }), nginx: option({ type: types.port }) },
  },
});
const php = defineModule({
  imports: [nginx],
  config({ config }, define) {
    define({ php: { port: 9000 } });
    define({ php: { nginx: config.nginx.port } });
  },
});

export default defineModule({
  imports: [php],
  config({ config }, define) {
    define({ nginx: { port: 80 } });
    define({ nginx: { php: config.php.port } });
  },
});
