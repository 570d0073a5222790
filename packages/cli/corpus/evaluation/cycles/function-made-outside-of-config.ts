import { defineModule, option, types } from "firn";

const shell = defineModule({
  options: { greeting: option({ type: types.functionTo(types.str) }), text: option({ type: types.str, default: "" }) },
});
const greet = (name: unknown): string => `hello ${String(name)}`;

export default defineModule({
  imports: [shell],
  config({ config }, define) {
    define({ greeting: greet });
    define({ text: config.greeting("ann") });
  },
});
