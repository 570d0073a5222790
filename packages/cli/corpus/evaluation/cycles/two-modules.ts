import { defineModule, option, types } from "firn";

const nginx = defineModule({ options: { http: option({ type: types.int }), https: option({ type: types.int }) } });
const one = defineModule({
  imports: [nginx],
  config({ config }, define) {
    define({ http: config.https - 363 });
  },
});

export default defineModule({
  imports: [one],
  config({ config }, define) {
    define({ https: config.http + 363 }); // blame
  },
});
