import { defineModule, option, types } from "firn";

const host = types.submodule({
  options: {
    // @ts-expect-error The compiler refuses it too.
    root: types.path, // blame
  },
});
const nginx = defineModule({ options: { virtualHosts: option({ type: types.attrsOf(host), default: {} }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ virtualHosts: { "a.example": {} } });
  },
});
