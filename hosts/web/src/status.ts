import nginx from "@modules/nginx";
import systemd from "@modules/systemd";
import { defineModule } from "firn";

/** Where the page is: it is of this boot, and nothing of it stays on the disk. */
const folder = "/run/status";

/** A page about the host, which is written at its start and then each hour. */
export default defineModule({
  name: "status",
  imports: [nginx, systemd],
  config(_, define) {
    define({
      services: { nginx: { virtualHosts: { "status.example.org": { root: folder, port: 8080 } } } },
      systemd: {
        services: {
          "renew-status": {
            description: "Status page",
            wantedBy: ["multi-user.target"],
            script: writePage,
            serviceConfig: {
              Type: "oneshot",
              RuntimeDirectory: "status",
              RuntimeDirectoryPreserve: true,
              ProtectSystem: "full",
              ProtectHome: true,
              NoNewPrivileges: true,
            },
          },
        },
        timers: { "renew-status": { description: "Status page, each hour", onCalendar: "hourly", persistent: false } },
      },
    });
  },
});

/** Readers see the old page or the new one, never a part of it. */
const writePage = `{
  echo '<!doctype html>'
  echo "<title>$(uname -n)</title>"
  echo "<p>Written $(date -u +%FT%TZ), $(cut -d . -f 1 /proc/uptime) seconds after the start"
} >${folder}/index.html.new
mv ${folder}/index.html.new ${folder}/index.html
`;
