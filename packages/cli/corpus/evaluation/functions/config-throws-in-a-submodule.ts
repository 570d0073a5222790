import { defineModule, option, types } from "firn";

const host = types.submodule({
  options: {
    root: option({ type: types.path, default: "/srv" }),
    index: option({ type: types.nullOr(types.str), default: null }),
    file: option({ type: types.str, default: "" }),
  },
  config({ config }, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ file: config.index.toLowerCase() }); // blame
  },
});
const nginx = defineModule({ options: { virtualHosts: option({ type: types.attrsOf(host), default: {} }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ virtualHosts: { "a.example": {} } });
  },
});
