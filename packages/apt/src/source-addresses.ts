import { isLoopback } from "@firn/download";
import type { PackageSource } from "@firn/package-manager";

const template = "@SNAPSHOTID@";

/** Lists the addresses below which a source is as it is now, best first; none ends with a slash. */
export function listAddresses({ address, mirrors }: PackageSource): string[] {
  return [...mirrors, address].filter((one) => !one.includes(template)).map(trimSlash);
}

/** Lists the addresses below which a source is as it was at a moment, best first. @param moment in ISO 8601 and UTC */
export function listSnapshotAddresses(source: PackageSource, moment: string): string[] {
  const { address, mirrors } = source;
  const known = address.includes(template) ? undefined : findSnapshotService(address);
  const templates = [...mirrors, address, ...(known === undefined ? [] : [known])].filter((one) =>
    one.includes(template),
  );
  return templates.map((one) => trimSlash(one.replaceAll(template, renderSnapshotId(moment))));
}

/** Lists the addresses of a file in a state, best first: where the source is now, then where it is kept as it was. */
export function listFileAddresses(path: string, source: PackageSource, date: string): string[] {
  const encoded = path.split("/").map(encodeURIComponent).join("/");
  const snapshots = listSettledMoments(source, date).flatMap((moment) => listSnapshotAddresses(source, moment));
  return [...new Set([...listAddresses(source), ...snapshots])].map((address) => `${address}/${encoded}`);
}

/** A snapshot is made some hours after what it shows was published; files that are replaced stay for a day. */
const hoursUntilSnapshot = [1, 7];

/** Lists the moments at which snapshots may show a state. */
export function listSettledMoments({ snapshot }: PackageSource, date: string): string[] {
  if (snapshot !== undefined) return [snapshot];
  return hoursUntilSnapshot.map((hours) => new Date(Date.parse(date) + hours * 3_600_000).toISOString());
}

/** @see https://snapshot.debian.org */
function findSnapshotService(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { hostname, pathname, protocol } = new URL(address);
  if (!/^https?:$/.test(protocol) || isLoopback(hostname)) return undefined;
  const name = pathname.split("/").findLast((part) => part !== "") ?? "";
  if (/(?:^|\.)ubuntu\.com$/.test(hostname) && name === "ubuntu")
    return `https://snapshot.ubuntu.com/ubuntu/${template}`;
  return debianArchives.has(name) && !hostname.endsWith("ubuntu.com")
    ? `https://snapshot.debian.org/archive/${name}/${template}`
    : undefined;
}

/** Mirrors of Debian have these folders under their own names. */
const debianArchives: ReadonlySet<string> = new Set(["debian", "debian-security", "debian-ports", "debian-debug"]);

function renderSnapshotId(moment: string): string {
  return new Date(moment)
    .toISOString()
    .replace(/\.\d+Z$/, "Z")
    .replaceAll(/[-:]/g, "");
}

function trimSlash(address: string): string {
  return address.replace(/\/+$/, "");
}
