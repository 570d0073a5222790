import { defineModule, option, types } from "firn";

const location = types.submodule({ options: { proxyPass: option({ type: types.str, default: "" }) } });
const host = types.submodule({ options: { locations: option({ type: types.attrsOf(location), default: {} }) } });
const nginx = defineModule({ options: { virtualHosts: option({ type: types.attrsOf(host), default: {} }) } });

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({
      virtualHosts: {
        "a.example": {
          locations: {
            "/api": {
              // @ts-expect-error The compiler refuses it too.
              proxypass: "http://localhost:3000", // blame
            },
          },
        },
      },
    });
  },
});
