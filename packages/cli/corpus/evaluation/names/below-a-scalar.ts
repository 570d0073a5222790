import { defineModule, option, types } from "firn";

const nginx = defineModule({ options: { port: option({ type: types.port, default: 80 }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ port: { number: 8080 } }); // blame
  },
});
