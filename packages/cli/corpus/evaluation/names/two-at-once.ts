import { defineModule, mkEnableOption, option, types } from "firn";

const nginx = defineModule({
  options: {
    services: { nginx: { enable: mkEnableOption("nginx"), user: option({ type: types.str, default: "www" }) } },
  },
});

export default defineModule({
  imports: [nginx],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ services: { nginx: { enabel: true } } }); // blame
    // @ts-expect-error The compiler refuses it too.
    define({ services: { nginx: { usr: "web" } } });
  },
});
