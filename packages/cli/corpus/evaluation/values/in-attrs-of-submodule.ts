import { defineModule, option, types } from "firn";

const host = types.submodule({ options: { port: option({ type: types.port, default: 80 }) } });
const nginx = defineModule({ options: { virtualHosts: option({ type: types.attrsOf(host), default: {} }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({
      virtualHosts: {
        "a.example": { port: 8080 },
        "b.example": {
          // @ts-expect-error The compiler refuses it too.
          port: "8081", // blame
        },
      },
    });
  },
});
