import { defineModule, option, types } from "firn";

const nginx = defineModule({
  args: { production: types.bool },
  options: { stage: option({ type: types.str, default: "test" }) },
  config({ args }, define) {
    if (args.production) define({ stage: "production" });
  },
});

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    define({ _module: { args: { production: config.stage !== "production" } } }); // blame
  },
});
