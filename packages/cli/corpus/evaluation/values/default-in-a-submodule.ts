import { defineModule, option, types } from "firn";

const host = types.submodule({
  options: {
    port: option({
      type: types.port,
      // @ts-expect-error The compiler refuses it too.
      default: "80", // blame
    }),
  },
});
const nginx = defineModule({ options: { virtualHosts: option({ type: types.attrsOf(host), default: {} }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ virtualHosts: { "a.example": {} } });
  },
});
