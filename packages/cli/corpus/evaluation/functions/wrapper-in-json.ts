import { defineModule, mkDefault, option, types } from "firn";

const nginx = defineModule({ options: { settings: option({ type: types.json, default: {} }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ settings: { http: { port: mkDefault(80) } } });
    define({ settings: { http: { port: 8080 } } });
  },
});
