import { defineModule, lazy, mkEnableOption, mkIf, option, types } from "firn";

const nginx = defineModule({
  options: { ports: option({ type: types.listOf(types.port), default: [] }), enable: mkEnableOption("nginx") },
});
const count = lazy(() => 0);

export default defineModule({
  imports: [nginx],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ enable: mkIf(count, true) }); // blame
  },
});
