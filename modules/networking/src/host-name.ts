import { nameChecked } from "@modules/explained-types";
import files from "@modules/files";
import hooks from "@modules/hooks";
import { defineModule, option, types } from "firn";
import { checkAddress, domainName, hostLabel } from "./network-names.ts";

/** Names of the host itself, and of others that no name server knows. */
export default defineModule({
  name: "host-name",
  imports: [files, hooks],
  options: {
    networking: {
      hostName: option({
        type: types.nullOr(hostLabel),
        default: null,
        description: "Name of the host, without its domain; null leaves what it has",
      }),
      domain: option({ type: types.nullOr(domainName), default: null, description: "Domain of the host" }),
      fqdn: option({
        type: types.nullOr(types.str),
        readOnly: true,
        description: "Full name of the host; null where it has no name",
      }),
      hosts: option({
        type: types.attrsOf(
          nameChecked(types.listOf(domainName), { kind: "an entry of the hosts file", check: checkAddress }),
        ),
        default: {},
        example: { "192.0.2.10": ["db.example.org", "db"] },
        description: "Names by their address, written to /etc/hosts",
      }),
    },
  },
  config({ config }, define) {
    const { domain, fqdn, hostName, hosts } = config.networking;
    define({ networking: { fqdn: hostName === null || domain === null ? hostName : `${hostName}.${domain}` } });
    if (hostName !== null) {
      // A real file, since systemd reads it first of all.
      define({ environment: { etc: { hostname: { text: `${hostName}\n`, link: false, takeOver: true } } } });
      define({ hooks: { "host-name": { run: setName, undo: restoreName, onChange: ["/etc/hostname"] } } });
    }
    if (hostName === null && Object.keys(hosts).length === 0) return;
    const own = [...new Set([fqdn, hostName])].filter((name) => name !== null);
    const text = renderHosts({ ...(own.length > 0 && { "127.0.1.1": own }), ...hosts });
    define({ environment: { etc: { hosts: { text, link: false, takeOver: true } } } });
  },
});

const setName = `set -eu
[ -e "$FIRN_HOOK_STATE/before" ] || hostname >"$FIRN_HOOK_STATE/before"
hostname -F /etc/hostname
`;

const restoreName = `[ -e "$FIRN_HOOK_STATE/before" ] || exit 0
hostname -F "$FIRN_HOOK_STATE/before" && rm "$FIRN_HOOK_STATE/before"
`;

/** Entries without which programs do not find the host itself. */
const always = {
  "127.0.0.1": ["localhost"],
  "::1": ["localhost", "ip6-localhost", "ip6-loopback"],
  "ff02::1": ["ip6-allnodes"],
  "ff02::2": ["ip6-allrouters"],
};

function renderHosts(hosts: { readonly [address: string]: readonly string[] }): string {
  const addresses = [...new Set([...Object.keys(always), ...Object.keys(hosts)])];
  const named: { readonly [address: string]: readonly string[] } = always;
  const lines = addresses.map((address) =>
    [address, ...new Set([...(named[address] ?? []), ...(hosts[address] ?? [])])].join(" "),
  );
  return `${lines.join("\n")}\n`;
}
