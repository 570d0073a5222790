import systemd from "@modules/systemd";
import { defineModule, mkEnableOption, option, types } from "firn";
import files from "@modules/files";
import { interfaceName } from "./network-names.ts";
import { renderRules } from "./firewall-rules.ts";

/** Where the rules are; systemd applies them before the network is up. */
const file = "firn/firewall.nft";

/** The table that is ours; others, such as those of container engines, are left alone. */
const table = "inet firn";

/** The firewall, as a table of nftables. */
export default defineModule({
  name: "firewall",
  imports: [files, systemd],
  options: {
    networking: {
      firewall: {
        enable: mkEnableOption("the firewall, which refuses what no option allows"),
        allowPing: option({ type: types.bool, default: true, description: "Whether the host answers pings" }),
        allowedTCPPorts: option({
          type: types.listOf(types.port),
          default: [],
          apply: sorted,
          description: "TCP ports that anyone can reach",
        }),
        allowedUDPPorts: option({
          type: types.listOf(types.port),
          default: [],
          apply: sorted,
          description: "UDP ports that anyone can reach",
        }),
        trustedInterfaces: option({
          type: types.listOf(interfaceName),
          default: [],
          example: ["wg0"],
          description: "Interfaces on which all is allowed",
        }),
        extraInput: option({
          type: types.lines,
          default: "",
          example: "ip saddr 192.0.2.0/24 tcp dport 5432 accept",
          description: "Rules added to the input chain, as nft(8) has them",
        }),
      },
    },
  },
  config({ config }, define) {
    const { firewall } = config.networking;
    if (!firewall.enable) return;
    const rules = renderRules(table, firewall);
    const load = `/usr/sbin/nft -f /etc/${file}`;
    // A real file: the rules are loaded before the file systems are mounted that a link may lead to.
    define({ environment: { etc: { [file]: { text: rules, link: false } } } });
    define({
      systemd: {
        services: {
          "firn-firewall": {
            description: "Firewall of Firn",
            wants: ["network-pre.target"],
            before: ["network-pre.target", "shutdown.target"],
            conflicts: ["shutdown.target"],
            // After it, lest the distribution's own rules flush these.
            after: ["nftables.service", "systemd-modules-load.service"],
            wantedBy: ["sysinit.target"],
            unitConfig: { DefaultDependencies: false },
            serviceConfig: {
              Type: "oneshot",
              RemainAfterExit: true,
              ExecStart: load,
              ExecReload: load,
              ExecStop: `/usr/sbin/nft "add table ${table}; delete table ${table}"`,
            },
            // New rules replace the old ones in one step, so that there is no moment without a firewall.
            reloadTriggers: [rules],
          },
        },
      },
    });
  },
});

function sorted(ports: readonly number[]): readonly number[] {
  return [...new Set(ports)].toSorted((a, b) => a - b);
}
