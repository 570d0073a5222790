import { defineModule, lazy, option, types } from "firn";

const nginx = defineModule({ options: { domain: option({ type: types.str, default: "a.example" }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({
      domain: lazy(() => {
        // blame
        "b.example".toLowerCase();
      }),
    });
  },
});
