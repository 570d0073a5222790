import { defineModule, mkIf, option, types } from "firn";

const nginx = defineModule({
  args: { production: types.bool },
  options: { stage: option({ type: types.str, default: "test" }), workers: option({ type: types.int, default: 1 }) },
  config({ args }, define) {
    define(mkIf(args.production, { workers: 8 }));
  },
});

// In NixOS this is the infinite recursion that people meet first.
export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    define({ stage: "production" });
    define({ _module: { args: { production: config.stage === "production" } } });
  },
});
