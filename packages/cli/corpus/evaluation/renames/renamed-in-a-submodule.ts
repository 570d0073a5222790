import { defineModule, mkRenamedOptionModule, option, types } from "firn";

const host = types.submodule({
  imports: [mkRenamedOptionModule(["directory"], ["root"])],
  options: { root: option({ type: types.path, default: "/srv" }) },
});
const nginx = defineModule({ options: { virtualHosts: option({ type: types.attrsOf(host), default: {} }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ virtualHosts: { "a.example": { directory: "/srv/a" } } }); // blame
  },
});
