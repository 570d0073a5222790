import networking from "@modules/networking";
import nginx from "@modules/nginx";
import openssh from "@modules/openssh";
import sysctl from "@modules/sysctl";
import systemd from "@modules/systemd";
import users from "@modules/users";
import { defineModule, mkForce, mkIf } from "firn";
import tuning from "./tuning.ts";

/** A small web server. */
export default defineModule({
  name: "web",
  imports: [networking, nginx, openssh, sysctl, systemd, users, tuning],
  config({ config }, define) {
    const { nginx } = config.services;

    define({
      networking: { hostName: "web", domain: "example.org", firewall: { enable: true } },
      services: {
        openssh: { enable: true },
        nginx: {
          enable: true,
          virtualHosts: {
            "www.example.org": { root: "/srv/www", aliases: ["example.org"] },
            "status.example.org": { root: "/srv/status", port: 8080 },
          },
        },
      },
      users: {
        users: {
          ada: { isNormalUser: true, extraGroups: ["sudo"], authorizedKeys: ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 ada"] },
        },
      },
      systemd: {
        services: { "renew-status": { serviceConfig: { Type: "oneshot", ExecStart: "/usr/local/bin/renew-status" } } },
        timers: { "renew-status": { onCalendar: "hourly" } },
      },
    });

    // The sites of this host are small files: many connections, each of them short.
    define({
      services: {
        nginx: { workerConnections: mkIf(Object.keys(nginx.virtualHosts).length > 1, 2048) },
      },
    });

    // The machine has 1 GiB: measured, more connections than this make it swap.
    define({ services: { nginx: { workerConnections: mkForce(1536) } } });
  },
});
