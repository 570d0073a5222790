import { defineModule, option, types } from "firn";

const nginx = defineModule({
  options: { port: option({ type: types.port }), url: option({ type: types.str, default: "" }) },
});

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ port: "http" }); // blame
    define({ url: `http://localhost:${config.port}` });
  },
});
