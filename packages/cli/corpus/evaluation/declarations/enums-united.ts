import { defineModule, option, types } from "firn";

const nginx = defineModule({ options: { log: option({ type: types.enum(["debug", "info"]) }) } });
const apache = defineModule({ options: { log: option({ type: types.enum(["info", "error"]) }) } });

// Declared twice, an enum has the values of both.
export default defineModule({
  imports: [nginx, apache],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ log: "error" });
  },
});
