import { defineModule, option, types } from "firn";

const declared = defineModule({
  options: { hostName: option({ type: types.str }), label: option({ type: types.int, default: 0 }) },
});

export default defineModule({
  imports: [declared],
  config({ config }, define) {
    define({ hostName: "web" });
    // @ts-expect-error The compiler refuses it too.
    define({ label: config.hostName }); // blame
  },
});
