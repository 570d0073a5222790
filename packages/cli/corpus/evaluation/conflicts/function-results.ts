import { defineModule, option, types } from "firn";

const shell = defineModule({
  options: { greeting: option({ type: types.functionTo(types.str) }), text: option({ type: types.str, default: "" }) },
});
const english = defineModule({
  imports: [shell],
  config(_, define) {
    define({ greeting: () => "hello" }); // blame
  },
});
const french = defineModule({
  imports: [shell],
  config(_, define) {
    define({ greeting: () => "salut" });
  },
});

export default defineModule({
  imports: [english, french],
  config({ config }, define) {
    define({ text: config.greeting("ann") });
  },
});
