import type { Diagnostic } from "@firn/diagnostic";
import type { AddressFailure } from "./content-fetch.ts";

/** A content that could not be fetched. */
export interface FailedContent {
  readonly name: string;
  readonly failures: readonly AddressFailure[];
}

const mostNames = 5;

/** Says why contents could not be fetched; those that failed for the same reasons, at the same servers, together. */
export function describeFailures(failed: readonly FailedContent[]): Diagnostic[] {
  const groups = new Map<string, FailedContent[]>();
  for (const content of failed) {
    const reasons = content.failures
      .map(({ address, failure }) => `${serverOf(address)} ${failure.message}`)
      .join("\n");
    groups.set(reasons, [...(groups.get(reasons) ?? []), content]);
  }
  return [...groups.values()].map(describeGroup);
}

function describeGroup(group: readonly FailedContent[]): Diagnostic {
  const names = group.slice(0, mostNames).map(({ name }) => `"${name}"`);
  const more = group.length > mostNames ? ` and ${group.length - mostNames} more` : "";
  const failures = group[0]?.failures ?? [];
  return {
    code: "fetch-failed",
    severity: "error",
    message: `Cannot fetch ${names.join(", ")}${more}`,
    marks: [],
    why:
      failures.length === 0
        ? ["No address is known for it"]
        : failures.map(({ address, failure }) => `${address}: ${failure.message}`),
    fix: fixFor(failures),
    cause: failures.at(-1)?.failure,
  };
}

function fixFor(failures: readonly AddressFailure[]): string {
  const says = (pattern: RegExp): boolean => failures.some(({ failure }) => pattern.test(failure.message));
  if (failures.length > 0 && failures.every(({ failure }) => failure.isUnreachable)) return fixForUnreachable(says);
  if (says(/wants to know who asks/)) return "Give the name and the password for the server, or name another address";
  if (says(/content is another|are expected/)) return "Name another address: what this one has is not what is locked";
  if (failures.some(({ failure }) => failure.isPassing)) return "Run it again: what has arrived is not fetched twice";
  return "Name another address that has it, or lock what there is now: firn update";
}

function fixForUnreachable(says: (pattern: RegExp) => boolean): string {
  return says(/certificate/)
    ? "Check the certificate, or name your own authority: export SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt"
    : "Check the address, that this machine is online, and http_proxy where it needs one";
}

function serverOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host : address;
}
