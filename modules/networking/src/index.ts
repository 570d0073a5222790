import files from "@modules/files";
import { defineModule, mkEnableOption, option, types } from "firn";

/** Name of the host, and the firewall as an nftables rule set. */
export default defineModule({
  name: "networking",
  imports: [files],
  options: {
    networking: {
      hostName: option({
        type: types.strMatching(/[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?/),
        description: "Name of the host, without its domain",
      }),
      domain: option({ type: types.nullOr(types.str), default: null, description: "Domain of the host" }),
      fqdn: option({ type: types.str, readOnly: true, description: "Full name of the host" }),
      firewall: {
        enable: mkEnableOption("the firewall, which refuses what no option allows"),
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
        extraInput: option({ type: types.lines, default: "", description: "Rules added to the input chain" }),
      },
    },
  },
  config({ config }, define) {
    const { domain, firewall, hostName } = config.networking;
    define({ networking: { fqdn: domain === null ? hostName : `${hostName}.${domain}` } });
    define({ environment: { etc: { hostname: { text: `${hostName}\n` } } } });
    if (firewall.enable) define({ environment: { etc: { "nftables.conf": { text: renderRules(firewall) } } } });
  },
});

interface Firewall {
  readonly allowedTCPPorts: readonly number[];
  readonly allowedUDPPorts: readonly number[];
  readonly extraInput: string;
}

function sorted(ports: readonly number[]): readonly number[] {
  return [...new Set(ports)].toSorted((a, b) => a - b);
}

function renderRules({ allowedTCPPorts, allowedUDPPorts, extraInput }: Firewall): string {
  const rules = [
    "ct state established,related accept",
    "iif lo accept",
    ...allow("tcp", allowedTCPPorts),
    ...allow("udp", allowedUDPPorts),
    ...extraInput.split("\n").filter((line) => line !== ""),
  ];
  return [
    "table inet firewall {",
    "  chain input {",
    "    type filter hook input priority 0; policy drop;",
    ...rules.map((rule) => `    ${rule}`),
    "  }",
    "}",
    "",
  ].join("\n");
}

function allow(protocol: string, ports: readonly number[]): string[] {
  return ports.length === 0 ? [] : [`${protocol} dport { ${ports.join(", ")} } accept`];
}
