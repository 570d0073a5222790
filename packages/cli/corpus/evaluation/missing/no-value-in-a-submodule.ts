import { defineModule, option, types } from "firn";

const host = types.submodule({
  options: { root: option({ type: types.path }), logs: option({ type: types.path }) },
  config({ config }, define) {
    define({ logs: `${config.root}/logs` }); // blame
  },
});
const nginx = defineModule({ options: { virtualHosts: option({ type: types.attrsOf(host), default: {} }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ virtualHosts: { "a.example": {} } });
  },
});
