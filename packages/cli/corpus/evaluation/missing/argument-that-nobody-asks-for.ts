import { defineModule, option, types } from "firn";

const nginx = defineModule({ options: { url: option({ type: types.str, default: "" }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ _module: { args: { domain: "a.example" } } }); // blame
  },
});
