import { nameChecked } from "@modules/explained-types";
import files from "@modules/files";
import networking from "@modules/networking";
import systemd from "@modules/systemd";
import { defineModule, mkEnableOption, option, types } from "firn";
import { renderNginx } from "./render-nginx.ts";
import { checkSiteName, site } from "./site-options.ts";

/** The nginx web server, as Debian packages it. */
export default defineModule({
  name: "nginx",
  imports: [files, networking, systemd],
  options: {
    services: {
      nginx: {
        enable: mkEnableOption("nginx"),
        workerConnections: option({
          type: types.ints.positive,
          default: 512,
          description: "Connections that one worker keeps open",
        }),
        ipv6: option({ type: types.bool, default: true, description: "Whether sites are served over IPv6, too" }),
        openFirewall: option({
          type: types.bool,
          default: true,
          description: "Whether the firewall opens the ports of the sites",
        }),
        extraConfig: option({ type: types.lines, default: "", description: "Further directives for all sites" }),
        virtualHosts: option({
          type: types.attrsOf(nameChecked(site, { kind: "a site", check: checkSiteName })),
          default: {},
          example: { "www.example.org": { root: "/srv/www" } },
          description: "Sites, by their name",
        }),
      },
    },
  },
  config({ assert, config, warn }, define) {
    const { nginx } = config.services;
    if (!nginx.enable) return;
    const sites = Object.entries(nginx.virtualHosts);
    if (sites.length === 0) warn("nginx is enabled and serves no site");
    for (const [port, names] of findRivals(sites))
      assert(false, `the sites ${names} are both the default of port ${port}`);
    if (nginx.openFirewall) {
      define({ networking: { firewall: { allowedTCPPorts: sites.map(([, { port }]) => port) } } });
    }
    const text = renderNginx(nginx);
    define({ environment: { etc: { "nginx/nginx.conf": { text, takeOver: true } } } });
    define({ systemd: { services: { nginx: { ...unit, reloadTriggers: [text] } } } });
  },
});

/** Options of the command line that keep it in the background, whatever the configuration says. */
const daemon = "-g 'daemon on; master_process on;'";

/**
 * The unit, as Debian's package has it: nginx is one of those that fork and
 * write down their number. It is written in full and does not add to the
 * distribution's, which is there in each of several packages, and may be masked.
 */
const unit = {
  description: "nginx web server",
  documentation: ["man:nginx(8)"],
  wantedBy: ["multi-user.target"],
  after: ["network.target", "remote-fs.target", "nss-lookup.target"],
  serviceConfig: {
    Type: "forking",
    PIDFile: "/run/nginx.pid",
    ExecStartPre: `/usr/sbin/nginx -t -q ${daemon}`,
    ExecStart: `/usr/sbin/nginx ${daemon}`,
    ExecReload: `/usr/sbin/nginx ${daemon} -s reload`,
    // Asks it to finish what it serves; what is still there after that is ended.
    ExecStop: "-/sbin/start-stop-daemon --quiet --stop --retry QUIT/5 --pidfile /run/nginx.pid",
    TimeoutStopSec: 5,
    KillMode: "mixed",
    Restart: "on-failure",
  },
};

/** Finds ports of which several sites are the default. */
function findRivals(
  sites: readonly (readonly [string, { readonly port: number; readonly isDefault: boolean }])[],
): [number, string][] {
  const defaults = sites.filter(([, { isDefault }]) => isDefault);
  const ports = [...new Set(defaults.map(([, { port }]) => port))];
  return ports.flatMap((port) => {
    const names = defaults.filter(([, site]) => site.port === port).map(([name]) => JSON.stringify(name));
    return names.length > 1 ? [[port, names.join(" and ")]] : [];
  });
}
