import { explainedStr } from "@modules/explained-types";
import type { OptionType } from "firn";

const label = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/** Says what is wrong with a name of the domain name system. */
function checkDomain(name: string): string | undefined {
  if (name.length > 253) return "A name has 253 characters at the most";
  return name.split(".").every((part) => label.test(part))
    ? undefined
    : "Each part is made of up to 63 letters, digits and -, and neither starts nor ends with -";
}

/** Name of a host without its domain; the kernel takes 64 characters, the domain name system 63. */
export const hostLabel: OptionType<string> = explainedStr({
  description: "name of a host without its domain",
  check(name) {
    if (name.includes(".")) return 'The domain is an option of its own, "networking.domain"';
    if (name !== name.toLowerCase()) return "Names of hosts are written in lower case";
    return checkDomain(name);
  },
  advise: (name) => (name === name.toLowerCase() ? undefined : `Write ${JSON.stringify(name.toLowerCase())}`),
});

/** Name of a host, with or without its domain. */
export const domainName: OptionType<string> = explainedStr({
  description: "name of a host or domain",
  check: checkDomain,
});

/** Name of a network interface. */
export const interfaceName: OptionType<string> = explainedStr({
  description: "name of a network interface",
  check: (name) =>
    /^[\w.@-]{1,15}$/.test(name) && name !== "." && name !== ".."
      ? undefined
      : "A name has up to 15 letters, digits, and the characters . _ @ -",
});

/** Says what is wrong with an address of IPv4 or IPv6. */
export function checkAddress(text: string): string | undefined {
  return isIpv4(text) || isIpv6(text) ? undefined : "An address is of IPv4 or IPv6, such as 192.0.2.1 or 2001:db8::1";
}

function isIpv4(text: string): boolean {
  return /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.|$)){4}$/.test(text) && !text.endsWith(".");
}

function isIpv6(text: string): boolean {
  const [left = "", right, ...others] = text.split("::");
  if (others.length > 0) return false;
  const parts = [left, right ?? ""].flatMap((side) => (side === "" ? [] : side.split(":")));
  const count = parts.length + (isIpv4(parts.at(-1) ?? "") ? 1 : 0);
  const areParts = parts.every((part, at) => /^[\da-f]{1,4}$/i.test(part) || (at === parts.length - 1 && isIpv4(part)));
  return areParts && (right === undefined ? count === 8 : count < 8);
}
