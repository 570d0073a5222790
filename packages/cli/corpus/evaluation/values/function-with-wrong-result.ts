import { defineModule, option, types } from "firn";

const shell = defineModule({
  options: { greeting: option({ type: types.functionTo(types.str) }), text: option({ type: types.str, default: "" }) },
});
const german = defineModule({
  imports: [shell],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ greeting: () => 7 }); // blame
  },
});

export default defineModule({
  imports: [german],
  config({ config }, define) {
    define({ text: config.greeting("ann") });
  },
});
