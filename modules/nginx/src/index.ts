import files from "@modules/files";
import networking from "@modules/networking";
import systemd from "@modules/systemd";
import { defineModule, mkEnableOption, option, types } from "firn";

/** The nginx web server. */
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
        virtualHosts: option({
          type: types.attrsOf(
            types.submodule({
              options: {
                root: option({ type: types.path, description: "Folder that is served" }),
                port: option({ type: types.port, default: 80, description: "TCP port it listens on" }),
                aliases: option({ type: types.listOf(types.str), default: [], description: "Further names" }),
                extraConfig: option({ type: types.lines, default: "", description: "Further directives" }),
              },
            }),
          ),
          default: {},
          example: { "www.example.org": { root: "/srv/www" } },
          description: "Sites, by their name",
        }),
      },
    },
  },
  config({ config, warn }, define) {
    const { enable, virtualHosts, workerConnections } = config.services.nginx;
    if (!enable) return;
    const sites = Object.entries(virtualHosts);
    if (sites.length === 0) warn("nginx is enabled and serves no site");
    define({ networking: { firewall: { allowedTCPPorts: sites.map(([, { port }]) => port) } } });
    const servers = sites.map(([name, site]) => renderServer(name, site)).join("\n");
    const text = `events {\n  worker_connections ${workerConnections};\n}\nhttp {\n${servers}}\n`;
    define({ environment: { etc: { "nginx/nginx.conf": { text } } } });
    define({
      systemd: {
        services: {
          nginx: {
            description: "nginx web server",
            wantedBy: ["multi-user.target"],
            after: ["network.target"],
            serviceConfig: { ExecStart: "/usr/sbin/nginx -g 'daemon off;'", Restart: "on-failure" },
          },
        },
      },
    });
  },
});

interface Site {
  readonly root: string;
  readonly port: number;
  readonly aliases: readonly string[];
  readonly extraConfig: string;
}

function renderServer(name: string, { aliases, extraConfig, port, root }: Site): string {
  const directives = [`listen ${port};`, `server_name ${[name, ...aliases].join(" ")};`, `root ${root};`];
  const lines = [...directives, ...extraConfig.split("\n").filter((line) => line !== "")];
  return ["  server {", ...lines.map((line) => `    ${line}`), "  }", ""].join("\n");
}
