/** Tells whether a text is an IPv4 address. */
export function isIpv4(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
}

/** Tells whether a text is an IPv6 address. */
export function isIpv6(text: string): boolean {
  const [before = "", after, more] = text.split("::");
  if (more !== undefined) return false;
  const groups = [...splitGroups(before), ...splitGroups(after ?? "")];
  const last = groups.at(-1);
  const isMixed = last?.includes(".") === true && !(after === "" && groups.length > 0);
  if (isMixed && !isIpv4(last)) return false;
  const count = groups.length + (isMixed ? 1 : 0);
  const hex = isMixed ? groups.slice(0, -1) : groups;
  return hex.every((group) => /^[\da-f]{1,4}$/i.test(group)) && (after === undefined ? count === 8 : count < 8);
}

function splitGroups(text: string): string[] {
  return text === "" ? [] : text.split(":");
}
