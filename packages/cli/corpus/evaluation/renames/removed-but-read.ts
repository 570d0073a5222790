import { defineModule, mkEnableOption, mkRemovedOptionModule, option, types } from "firn";

const nginx = defineModule({
  imports: [mkRemovedOptionModule(["services", "nginx", "user"], "nginx runs as a dynamic user now")],
  options: {
    services: { nginx: { enable: mkEnableOption("nginx") } },
    owner: option({ type: types.str, default: "" }),
  },
});

export default defineModule({
  imports: [nginx],
  config({ config }, define) {
    define({ owner: config.services.nginx.user }); // blame
  },
});
