import files from "@modules/files";
import hooks from "@modules/hooks";
import networking from "@modules/networking";
import systemd from "@modules/systemd";
import { defineModule, mkDefault, mkEnableOption, option, types } from "firn";
import { renderSetting, sshdSettings } from "./sshd-settings.ts";

/** The OpenSSH server, as Debian packages it. */
export default defineModule({
  name: "openssh",
  imports: [files, hooks, networking, systemd],
  options: {
    services: {
      openssh: {
        enable: mkEnableOption("the configuration of the OpenSSH server"),
        ports: option({
          type: types.nonEmptyListOf(types.port),
          default: [22],
          description: "TCP ports it listens on",
        }),
        openFirewall: option({ type: types.bool, default: true, description: "Whether the ports are opened" }),
        settings: option({
          type: types.submodule({
            freeform: sshdSettings,
            options: {
              PermitRootLogin: option({
                type: types.enum(["yes", "no", "prohibit-password", "forced-commands-only"]),
                default: "prohibit-password",
                description: "Whether root may log in",
              }),
              PasswordAuthentication: option({
                type: types.bool,
                default: false,
                description: "Whether passwords are accepted",
              }),
              LogLevel: option({
                type: types.enum(["QUIET", "FATAL", "ERROR", "INFO", "VERBOSE", "DEBUG", "DEBUG1", "DEBUG2", "DEBUG3"]),
                default: "INFO",
                description: "How much is written to the journal",
              }),
            },
          }),
          default: {},
          example: { PermitRootLogin: "no", MaxAuthTries: 3 },
          description:
            "Settings of sshd_config; they are the whole of it, and files in /etc/ssh/sshd_config.d do not count",
        }),
        extraConfig: option({
          type: types.lines,
          default: "",
          example: "Match User backup\n  ForceCommand internal-sftp",
          description: "Lines at the end, such as settings for some users only",
        }),
      },
    },
  },
  config({ config }, define) {
    const { enable, extraConfig, openFirewall, ports, settings } = config.services.openssh;
    if (!enable) return;
    define({
      services: {
        openssh: {
          settings: {
            KbdInteractiveAuthentication: mkDefault(false),
            UsePAM: mkDefault(true),
            PrintMotd: mkDefault(false),
            AcceptEnv: mkDefault(["LANG", "LC_*"]),
            Subsystem: mkDefault(["sftp /usr/lib/openssh/sftp-server"]),
          },
        },
      },
    });
    if (openFirewall) define({ networking: { firewall: { allowedTCPPorts: ports } } });
    const lines = [
      ...[...new Set(ports)].map((port) => `Port ${port}`),
      ...Object.entries(settings)
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([name, value]) => renderSetting(name, value)),
      ...extraConfig.split("\n").filter((line) => line.trim() !== ""),
    ];
    const text = `${lines.join("\n")}\n`;
    // A real file: whoever repairs a host whose state is lost comes in through this.
    define({ environment: { etc: { "ssh/sshd_config": { text, link: false, takeOver: true } } } });
    // The distribution's unit stays, and is only told to reload: it checks the file first, and its main process
    // then begins anew with the sessions going on. A unit of our own would be a restart, and a switch that comes
    // over SSH would depend on a server starting in the middle of it. Whether it runs at boot is the distribution's.
    define({ hooks: { sshd: { run: checkFile, undo: reloadServer, onChange: ["/etc/ssh/sshd_config"] } } });
    define({ systemd: { services: { ssh: { asDropIn: true, reloadTriggers: [text] } } } });
  },
});

/** Refuses a file that sshd would not take; it can only tell where the server is running. */
const checkFile = "[ ! -d /run/sshd ] || /usr/sbin/sshd -t";

/** Goes back to the distribution's file, of which the unit, by then the distribution's alone, knows nothing new. */
const reloadServer = "systemctl try-reload-or-restart ssh.service";
