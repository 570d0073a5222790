import files from "@modules/files";
import networking from "@modules/networking";
import systemd from "@modules/systemd";
import { defineModule, mkDefault, mkEnableOption, option, types } from "firn";

/** The OpenSSH server. */
export default defineModule({
  name: "openssh",
  imports: [files, networking, systemd],
  options: {
    services: {
      openssh: {
        enable: mkEnableOption("the OpenSSH server"),
        ports: option({
          type: types.nonEmptyListOf(types.port),
          default: [22],
          description: "TCP ports it listens on",
        }),
        openFirewall: option({ type: types.bool, default: true, description: "Whether the ports are opened" }),
        settings: option({
          type: types.submodule({
            freeform: types.attrsOf(types.oneOf([types.bool, types.int, types.str])),
            options: {
              PermitRootLogin: option({
                type: types.enum(["yes", "no", "prohibit-password"]),
                description: "Whether root may log in",
              }),
              PasswordAuthentication: option({ type: types.bool, description: "Whether passwords are accepted" }),
            },
          }),
          default: {},
          description: "Settings of sshd_config",
        }),
      },
    },
  },
  config({ config }, define) {
    const { enable, openFirewall, ports, settings } = config.services.openssh;
    if (!enable) return;
    define({
      services: {
        openssh: { settings: { PermitRootLogin: mkDefault("no"), PasswordAuthentication: mkDefault(false) } },
      },
    });
    if (openFirewall) define({ networking: { firewall: { allowedTCPPorts: ports } } });
    const lines = [...ports.map((port) => `Port ${port}`), ...Object.entries(settings).map(renderSetting)];
    define({ environment: { etc: { "ssh/sshd_config": { text: `${lines.join("\n")}\n` } } } });
    define({
      systemd: {
        services: {
          ssh: {
            description: "OpenSSH server",
            wantedBy: ["multi-user.target"],
            serviceConfig: { ExecStart: "/usr/sbin/sshd -D" },
          },
        },
      },
    });
  },
});

function renderSetting([name, value]: [string, boolean | number | string]): string {
  if (typeof value === "boolean") return `${name} ${value ? "yes" : "no"}`;
  return `${name} ${value}`;
}
