import { defineModule, mkRemovedOptionModule, option, types } from "firn";

const host = types.submodule({
  imports: [mkRemovedOptionModule(["directory"], 'Use "root" instead')],
  options: { root: option({ type: types.path, default: "/srv" }) },
});
const nginx = defineModule({ options: { virtualHosts: option({ type: types.attrsOf(host), default: {} }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ virtualHosts: { "a.example": { directory: "/srv/a" } } }); // blame
  },
});
