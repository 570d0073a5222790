import { defineModule, mkEnableOption, mkRemovedOptionModule } from "firn";

const nginx = defineModule({
  imports: [mkRemovedOptionModule(["services", "nginx", "user"], "nginx runs as a dynamic user now")],
  options: { services: { nginx: { enable: mkEnableOption("nginx") } } },
});

export default defineModule({
  imports: [nginx],
  config(_, define) {
    // @ts-expect-error The compiler refuses it too.
    define({ services: { nginx: { enable: true, user: "www" } } }); // blame
  },
});
