import { defineModule, mkOptionDefault, option, types } from "firn";

const nginx = defineModule({
  options: { http: option({ type: types.int }), https: option({ type: types.int }) },
  config({ config, options }, define) {
    if (options.https.isDefined) define({ http: mkOptionDefault(config.https - 363) });
    if (options.http.isDefined) define({ https: mkOptionDefault(config.http + 363) });
  },
});

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ http: 8080 });
  },
});
