import { defineModule, option, types } from "firn";

const host = types.submodule({ options: { root: option({ type: types.path }) } });
const nginx = defineModule({ options: { virtualHosts: option({ type: types.attrsOf(host), default: {} }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ virtualHosts: { "a.example": { root: "/srv/a" } } }); // blame
    define({ virtualHosts: { "a.example": { root: "/srv/b" } } });
  },
});
