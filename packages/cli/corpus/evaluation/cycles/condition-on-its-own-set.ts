import { defineModule, mkEnableOption, mkIf } from "firn";

const services = defineModule({
  options: { services: { nginx: { enable: mkEnableOption("nginx") }, php: { enable: mkEnableOption("PHP") } } },
});

export default defineModule({
  imports: [services],
  config({ config }, define) {
    define({ services: { nginx: { enable: true } } });
    define(mkIf(config.services.nginx.enable, { services: { php: { enable: true } } }));
  },
});
