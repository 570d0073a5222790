import { defineModule, lazy, option, types } from "firn";

const host = types.submodule({ options: { port: option({ type: types.int }) } });
const nginx = defineModule({
  options: { virtualHosts: option({ type: types.attrsOf(host), default: {} }), firstPort: option({ type: types.int }) },
});
const example = defineModule({
  imports: [nginx],
  config({ config }, define) {
    define({ virtualHosts: { "a.example": { port: lazy(() => config.firstPort + 1) } } });
  },
});

export default defineModule({
  imports: [example],
  config({ config }, define) {
    define({ firstPort: config.virtualHosts["a.example"]?.port ?? 80 }); // blame
  },
});
