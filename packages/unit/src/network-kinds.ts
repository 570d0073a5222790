import { isIpv4, isIpv6 } from "./is-ip-address.ts";
import { isInteger } from "./is-integer.ts";
import { someOrAllBut, specified, takes, type ValueKinds, wordsOf } from "./value-check.ts";

const local = takes('an absolute path, or "@" and a name', (value) => /^[/@]./su.test(value) && value.length < 108);

function isListenAddress(value: string): boolean {
  if (/^[/@]/.test(value)) return local(value) === undefined;
  const [, host = "", port = ""] = /^(?:(.+):)?\+?(\d+)(?:%[\w.-]+)?$/.exec(value) ?? [];
  if (/^vsock:\d*$/.test(host)) return isInteger(port, 0, 4_294_967_295);
  const ipv6 = /^\[(.*)\]$/.exec(host)?.[1];
  const isHost = host === "" || (ipv6 === undefined ? isIpv4(host) : isIpv6(ipv6));
  return isHost && isInteger(port, 1, 65_535);
}

const listen = takes(
  'a path, "@" and a name, a port from 1 to 65535, or an address and a port such as "127.0.0.1:80" or "[::1]:80"',
  isListenAddress,
);

const address = takes('addresses such as "10.0.0.0/8", or any, localhost, link-local, multicast', (word) => {
  if (/^(?:any|localhost|link-local|multicast)$/.test(word)) return true;
  const [host = "", bits, more] = word.split("/");
  const most = isIpv4(host) ? 32 : 128;
  return more === undefined && (isIpv4(host) || isIpv6(host)) && (bits === undefined || isInteger(bits, 0, most));
});

const ports = takes('[ipv4: or ipv6:][tcp: or udp:] and a port, ports such as "80-90", or "any"', (value) => {
  const protocol = /^(?:ipv[46]|(?:ipv[46]:)?(?:tcp|udp))$/;
  const [, from, to = from] = /^(?:ipv[46]:)?(?:tcp:|udp:)?\+?(\d+)(?:-(\d+))?$/.exec(value) ?? [];
  if (from === undefined || to === undefined)
    return protocol.test(value) || protocol.test(value.replace(/:?any$/, "")) || value === "any";
  return isInteger(from, 1, 65_535) && isInteger(to, Number(from), 65_535);
});

/** As many characters as the kernel has room for. */
function isInterface(name: string): boolean {
  return name.length <= 15 && /^[!-~]+$/.test(name) && !/[:/%]|^(?:\+?\d+|\.\.?)$/.test(name);
}

const netlinkFamilies = new Set(
  (
    "route firewall inet-diag nflog xfrm selinux iscsi audit fib-lookup connector netfilter ip6-fw dnrtmsg " +
    "kobject-uevent generic scsitransport ecryptfs rdma"
  ).split(" "),
);

function isNetlink(value: string): boolean {
  const [family = "", group = "0", more] = value.split(/\s+/);
  return more === undefined && (netlinkFamilies.has(family) || /^\+?\d+$/.test(family)) && /^\d+$/.test(group);
}

/** Kinds of values that name addresses. */
export const networkKinds: ValueKinds = {
  listen: ([kind]) => specified(kind === "local" ? local : listen),
  netlink: () => takes('a family of netlink such as "route", and the number of a group', isNetlink),
  interface: () => takes("the name of a network interface", isInterface),
  interfaces: () => someOrAllBut("names of network interfaces", isInterface),
  addresses: () => wordsOf(address),
  ports: () => ports,
};
