/** What the firewall lets in. */
export interface Allowed {
  readonly allowPing: boolean;
  readonly allowedTCPPorts: readonly number[];
  readonly allowedUDPPorts: readonly number[];
  readonly trustedInterfaces: readonly string[];
  readonly extraInput: string;
}

/**
 * Renders a file for nft(8) that replaces a table in one transaction: whatever
 * is wrong with it, the rules that were there stay.
 */
export function renderRules(table: string, allowed: Allowed): string {
  return [
    // The table has to be there, lest deleting it fails.
    `table ${table} {}`,
    `delete table ${table}`,
    `table ${table} {`,
    "  chain input {",
    "    type filter hook input priority filter; policy drop;",
    ...renderInput(allowed).map((rule) => `    ${rule}`),
    "  }",
    "}",
    "",
  ].join("\n");
}

function renderInput(allowed: Allowed): string[] {
  const { allowedTCPPorts, allowedUDPPorts, allowPing, extraInput, trustedInterfaces } = allowed;
  return [
    'iifname "lo" accept',
    ...[...new Set(trustedInterfaces)].map((name) => `iifname "${name}" accept`),
    "ct state established,related accept",
    "ct state invalid drop",
    // Without these, neighbors are not found and large packets are lost: RFC 4890.
    "icmpv6 type { destination-unreachable, packet-too-big, time-exceeded, parameter-problem, nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } accept",
    "ip6 daddr fe80::/64 udp dport 546 accept",
    ...(allowPing ? ["icmp type echo-request accept", "icmpv6 type echo-request accept"] : []),
    ...allowPorts("tcp", allowedTCPPorts),
    ...allowPorts("udp", allowedUDPPorts),
    ...extraInput.split("\n").filter((line) => line.trim() !== ""),
  ];
}

function allowPorts(protocol: string, ports: readonly number[]): string[] {
  return ports.length === 0 ? [] : [`${protocol} dport { ${ports.join(", ")} } accept`];
}
