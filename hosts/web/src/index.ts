import files from "@modules/files";
import networking from "@modules/networking";
import nginx from "@modules/nginx";
import openssh from "@modules/openssh";
import users from "@modules/users";
import { defineModule, mkForce, mkIf } from "firn";
import status from "./status.ts";
import tuning from "./tuning.ts";

/** A small web server. */
export default defineModule({
  name: "web",
  imports: [files, networking, nginx, openssh, users, status, tuning],
  config({ config }, define) {
    const { nginx } = config.services;

    define({
      networking: { hostName: "web", domain: "example.org", firewall: { enable: true } },
      services: {
        openssh: { enable: true },
        nginx: {
          enable: true,
          virtualHosts: { "www.example.org": { root: "/srv/www", aliases: ["example.org"] } },
        },
      },
      users: {
        users: {
          ada: {
            isNormalUser: true,
            extraGroups: ["sudo"],
            // Nobody has the other half of this key: put your own here.
            authorizedKeys: [
              "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILWaKJeEN7MZqdAicQGiPx7SbfRmSkoVmgawZhh51wD+ ada@example.org",
            ],
          },
        },
      },
    });

    define({
      environment: {
        files: { "/srv/www/index.html": { text: "<!doctype html>\n<title>Web</title>\n<h1>Served by Firn</h1>\n" } },
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
