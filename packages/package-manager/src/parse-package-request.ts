import type { PackageRequest } from "./package-pin.ts";

/**
 * Reads how people name a package on one line, as apt reads it: "jq",
 * "jq/backports" from the source of that name, "jq=1.6-2.1" in that version, or
 * "jq/backports=1.7.1-3".
 *
 * @returns undefined for what is none
 */
export function parsePackageRequest(text: string): PackageRequest | undefined {
  const [, name = "", source, version] = form.exec(text) ?? [];
  if (name === "") return undefined;
  return { name, ...(source !== undefined && { source }), ...(version !== undefined && { version }) };
}

const form = /^([a-z0-9][a-z0-9+.-]+)(?:\/([A-Za-z][\w-]*))?(?:=((?:\d+:)?[A-Za-z0-9][A-Za-z0-9.+~-]*))?$/;
