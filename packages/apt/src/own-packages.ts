import { type OwnCandidate, ownSource, type PackagePin, type ResolveRequest } from "@firn/package-manager";
import type { AptContext } from "./apt-context.ts";
import type { ReadySource } from "./ensure-lists.ts";
import { pinOf } from "./list-cache.ts";
import { everywhere } from "./list-paths.ts";

/** Makes a source of the packages that a flake makes itself, with a list that is in the cache; undefined when there are none. */
export function openOwn(
  { architecture, own = [] }: Pick<ResolveRequest, "architecture" | "own">,
  { lists }: AptContext,
): ReadySource | undefined {
  const usable = own.filter((one) => one.architecture === architecture || one.architecture === everywhere);
  if (usable.length === 0) return undefined;
  const sorted = usable.toSorted((one, other) => (one.name < other.name ? -1 : Number(one.name > other.name)));
  const bytes = Buffer.from(sorted.map(renderStanza).join("\n"));
  const pin = pinOf(bytes);
  if (!lists.has(pin)) lists.keep(pin, bytes);
  const [suite, component] = [ownSource, "main"];
  const file = `${component}/binary-${architecture}/Packages`;
  const list = { suite, file, path: `dists/${suite}/${file}`, component, architecture, pin };
  const parts = { suites: [suite], components: [component] };
  const source = { manager: "apt", address: "", mirrors: [], architectures: [architecture], keys: [], parts };
  const state = { date: "", lists: { [list.path]: pin } };
  const locked = { name: ownSource, source, state, isOnRequest: false };
  return { locked, lists: [list], releases: new Map([[suite, { fields: new Map(), files: new Map() }]]) };
}

/** Takes out of a pin the file that the list says there is of what the flake makes itself. */
export function withoutFile(pin: PackagePin): PackagePin {
  return pin.source === ownSource ? { ...pin, size: 0, path: "" } : pin;
}

function renderStanza(one: OwnCandidate): string {
  const fields: readonly (readonly [name: string, value: string])[] = [
    ["Package", one.name],
    ["Version", one.version],
    ["Architecture", one.architecture],
    ["Depends", one.depends.join(", ")],
    ["Provides", one.provides.join(", ")],
    ["Conflicts", one.conflicts.join(", ")],
    ["Replaces", one.replaces.join(", ")],
    // Apt wants to know a file, and each address once.
    ["Filename", `${one.name}.deb`],
    ["Size", "1"],
    ["SHA256", one.sha256],
    ["Description", one.summary],
  ];
  // Whatever is in a value, it cannot begin another field.
  const lines = fields.map(([name, value]) => `${name}: ${value.replaceAll(/\s+/g, " ")}\n`);
  return lines.filter((line) => !line.endsWith(": \n")).join("");
}
