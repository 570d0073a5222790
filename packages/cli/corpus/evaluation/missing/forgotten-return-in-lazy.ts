import { defineModule, lazy, option, types } from "firn";

const nginx = defineModule({ options: { domain: option({ type: types.str, default: "a.example" }) } });
const nothing = (): void => undefined;

export default defineModule({
  imports: [nginx],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ domain: lazy(nothing) }); // blame
  },
});
