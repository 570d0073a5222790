import { defineModule, lazy, option, types } from "firn";

const nginx = defineModule({ options: { http: option({ type: types.int }), https: option({ type: types.int }) } });

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    define({ http: lazy(() => config.https - 363) });
    define({ https: lazy(() => config.http + 363) }); // blame
  },
});
