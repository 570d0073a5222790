import { existsSync, readdirSync } from "node:fs";
import { requireProgram, runProgram } from "./run-program.ts";

/**
 * Names everything that the hosts of one runner have in the kernel: the bridge
 * is `firnthN`; links, name spaces and control groups of its hosts are `firnthN-M`.
 */
export function bridgeName(slot: number): string {
  return `firnth${slot}`;
}

/** How many runners can have hosts at the same time. */
export const slotCount = 512;

/**
 * Says which address a host has; 1 is the runner's. The addresses are those
 * kept for tests of networks, which no network uses.
 *
 * @see https://www.rfc-editor.org/rfc/rfc2544#appendix-C.2.2
 */
export function addressOf(slot: number, host: number): string {
  return `198.${18 + Math.floor(slot / 256)}.${slot % 256}.${host}`;
}

/**
 * Says which address a host has on the wire, after every boot the same: whoever
 * has talked to it remembers that one, and would wait up to 20 seconds for nobody.
 */
function linkAddressOf(slot: number, host: number): string {
  const parts = [0x02, 0xf1, Math.floor(slot / 256), slot % 256, 0, host];
  return parts.map((part) => part.toString(16).padStart(2, "0")).join(":");
}

/** Makes the bridge of a runner, from which nothing is passed on to other networks. */
export async function makeBridge(slot: number): Promise<void> {
  const name = bridgeName(slot);
  await requireProgram(["ip", "link", "add", name, "address", linkAddressOf(slot, 1), "type", "bridge"]);
  const settings = `/proc/sys/net/ipv4/conf/${name}`;
  const script = [`echo 0 > ${settings}/forwarding`, `echo 1 > /proc/sys/net/ipv6/conf/${name}/disable_ipv6 || true`];
  await requireProgram(["sh", "-ec", script.join("\n")]);
  await runBatch([`addr add ${addressOf(slot, 1)}/24 dev ${name}`, `link set ${name} up`]);
}

/** Gives a host a network of its own, in which nothing of an earlier boot is left, and connects it. */
export async function connect(slot: number, host: number): Promise<void> {
  const name = `${bridgeName(slot)}-${host}`;
  await disconnect(name);
  await runBatch([
    `netns add ${name}`,
    `link add ${name} type veth peer name host0 address ${linkAddressOf(slot, host)} netns ${name}`,
    `link set ${name} master ${bridgeName(slot)} up`,
  ]);
  const inside = ["link set lo up", `addr add ${addressOf(slot, host)}/24 dev host0`, "link set host0 up"];
  await runBatch(inside, ["-n", name]);
}

/** Removes the network of a host, if it has one. */
export async function disconnect(name: string): Promise<void> {
  // Without the first, the link would go some time after the name space.
  if (existsSync(`/sys/class/net/${name}`)) await runProgram(["ip", "link", "del", name]);
  if (existsSync(`/run/netns/${name}`)) await runProgram(["ip", "netns", "del", name]);
}

/** Removes the bridge of a runner, and the networks of its hosts. */
export async function removeNetworks(slot: number): Promise<void> {
  const names = ["/sys/class/net", "/run/netns"].flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []));
  const own = names.filter((name) => name.startsWith(`${bridgeName(slot)}-`));
  for (const name of new Set(own)) await disconnect(name);
  await disconnect(bridgeName(slot));
}

async function runBatch(lines: readonly string[], options: readonly string[] = []): Promise<void> {
  await requireProgram(["ip", ...options, "-batch", "-"], { input: `${lines.join("\n")}\n` });
}
