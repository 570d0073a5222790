import { defineModule, lazy, mkDefault, option, types } from "firn";

const nginx = defineModule({
  options: { http: option({ type: types.int }), https: option({ type: types.int }) },
  config({ config }, define) {
    define({ http: mkDefault(lazy(() => config.https - 363)) });
    define({ https: mkDefault(lazy(() => config.http + 363)) }); // blame
  },
});

// What a lazy value stands for may be forced or a default, so that it is computed before it can lose.
export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ http: 8080 });
  },
});
