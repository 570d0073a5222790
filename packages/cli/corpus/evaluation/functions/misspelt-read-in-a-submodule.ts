import { defineModule, option, types } from "firn";

const host = types.submodule({
  options: { root: option({ type: types.path, default: "/srv" }), logs: option({ type: types.str, default: "" }) },
  config({ config }, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ logs: `${config.rot}/logs` }); // blame
  },
});
const nginx = defineModule({ options: { virtualHosts: option({ type: types.attrsOf(host), default: {} }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ virtualHosts: { "a.example": {} } });
  },
});
