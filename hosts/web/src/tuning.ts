import nginx from "@modules/nginx";
import sysctl from "@modules/sysctl";
import { defineModule } from "firn";

/** What all web servers of the flake have in common. */
export default defineModule({
  name: "tuning",
  imports: [nginx, sysctl],
  config({ config }, define) {
    if (!config.services.nginx.enable) return;
    define({ services: { nginx: { workerConnections: 1024 } } });
    define({ kernel: { sysctl: { "net.core.somaxconn": 4096, "net.ipv4.tcp_syncookies": true } } });
  },
});
