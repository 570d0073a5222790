import { defineModule, mkEnableOption } from "firn";

const nginx = defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });

class WebServer {
  enable = true;
}

export default defineModule({
  imports: [nginx],
  config(_, define) {
    define({ services: { nginx: new WebServer() } }); // blame
  },
});
