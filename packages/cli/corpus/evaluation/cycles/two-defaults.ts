import { defineModule, mkDefault, option, types } from "firn";

const nginx = defineModule({ options: { http: option({ type: types.int }), https: option({ type: types.int }) } });

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    define({ http: mkDefault(config.https - 363) });
    define({ https: mkDefault(config.http + 363) }); // blame
  },
});
