import { defineModule, option, types } from "firn";

const host = types.submodule({ options: { root: option({ type: types.path, default: "/srv" }) } });
const nginx = defineModule({ options: { virtualHosts: option({ type: types.attrsOf(host), default: {} }) } });
const roots: { readonly [name: string]: string } = {};

export default defineModule({
  imports: [nginx],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ virtualHosts: { "a.example": { root: roots["a"] } } }); // blame
  },
});
