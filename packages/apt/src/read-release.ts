import { showAddress } from "@firn/download";
import type { ListPin, PackageSource } from "@firn/package-manager";
import type { AptContext } from "./apt-context.ts";
import { AptFailure, describeProblem } from "./apt-failure.ts";
import { type ArchiveClient, isMissing, type Refusal, refusalOf } from "./archive-client.ts";
import { pinOf } from "./list-cache.ts";
import { releasePath } from "./list-paths.ts";
import { parseRelease, type Release } from "./parse-release.ts";
import { withScratchFolder } from "./scratch-folder.ts";
import { verifyRelease } from "./verify-release.ts";

/** A suite as its signed list describes it. */
export interface ReadRelease {
  readonly suite: string;
  readonly release: Release;
  /** When it was published, in milliseconds. */
  readonly date: number;
  readonly pin: ListPin;
  /** Address that gave it. */
  readonly address: string;
}

/** A suite to read. */
export interface SuiteToRead {
  readonly source: PackageSource;
  readonly suite: string;
  /** Best first; without a slash at the end. */
  readonly addresses: readonly string[];
}

/** What is wrong with a list that arrived. */
interface Objection {
  readonly problem: string;
  readonly fix?: string;
}

const mostBytes = 32 * 1024 * 1024;

/**
 * Reads the signed list of a suite, from the first address whose list is all
 * right, and keeps it.
 *
 * @throws AptFailure "fetch-failed", "bad-source"
 */
export async function readRelease(
  wanted: SuiteToRead,
  client: ArchiveClient,
  context: AptContext,
): Promise<ReadRelease> {
  const refusals: Refusal[] = [];
  const objections: (Objection & { readonly address: string })[] = [];
  for (const address of wanted.addresses) {
    const full = `${address}/${releasePath(wanted.suite)}`;
    try {
      const bytes = await client.read(full, mostBytes);
      const read = await checkRelease(bytes, wanted, context);
      if (!("problem" in read)) return { ...read, address };
      objections.push({ ...read, address: showAddress(full) });
    } catch (thrown) {
      refusals.push(refusalOf(full, thrown));
    }
  }
  throw describeFailure(wanted, refusals, objections);
}

async function checkRelease(
  bytes: Buffer,
  { source, suite }: SuiteToRead,
  context: AptContext,
): Promise<Omit<ReadRelease, "address"> | Objection> {
  const { keyring, keys, snapshot } = source;
  const file = { bytes, keys, keyring, isOld: snapshot !== undefined };
  const { environment } = context;
  const verified = await withScratchFolder(context.cache, (folder) => verifyRelease(file, { folder, environment }));
  if ("problem" in verified) return verified;
  const release = parseRelease(verified.text);
  const objection = objectTo(release, { source, suite });
  if (objection !== undefined) return objection;
  const pin = pinOf(bytes);
  context.lists.keep(pin, bytes);
  return { suite, release, date: dateOf(release, "Date"), pin };
}

function objectTo(release: Release, { source, suite }: Pick<SuiteToRead, "source" | "suite">): Objection | undefined {
  const { fields } = release;
  const own = ["Suite", "Codename"].flatMap((name) => fields.get(name) ?? []);
  if (own.length > 0 && !own.includes(suite))
    return {
      problem: `it is the list of ${[...new Set(own)].map((name) => `"${name}"`).join(" or ")}, not of "${suite}"`,
    };
  const date = dateOf(release, "Date");
  if (Number.isNaN(date)) return { problem: "it does not say when it was published" };
  if (source.snapshot !== undefined) {
    const isLater = date > Date.parse(source.snapshot);
    return isLater ? { problem: `it is of ${showTime(date)}, and the snapshot of before is wanted` } : undefined;
  }
  const end = dateOf(release, "Valid-Until");
  if (!fields.has("Valid-Until") || Date.now() <= end) return undefined;
  return {
    problem: `it counted until ${showTime(end)}: its mirror has stopped to follow, or somebody gives out old lists`,
    fix: `Name another mirror, look at the clock of this machine, or take the old state on purpose: snapshot: ${showTime(date)}`,
  };
}

function dateOf({ fields }: Release, name: string): number {
  return Date.parse(fields.get(name) ?? "");
}

/** Renders a moment as sources and locks have it. */
export function showTime(moment: number): string {
  return Number.isNaN(moment) ? "nobody knows when" : new Date(moment).toISOString().replace(".000Z", "Z");
}

function describeFailure(
  { addresses, source, suite }: SuiteToRead,
  refusals: readonly Refusal[],
  objections: readonly (Objection & { readonly address: string })[],
): AptFailure {
  const what = `suite "${suite}" of "${showAddress(source.address)}"`;
  const why = [
    ...objections.map(({ address, problem }) => `${address}: ${problem}`),
    ...refusals.map(({ address, failure }) => `${address}: ${failure.message}`),
  ];
  if (objections.length > 0) {
    const fix = objections.find((objection) => objection.fix !== undefined)?.fix;
    const usual = "Check the address, the suites and the keys of the source; do not use what is signed by others";
    return new AptFailure(
      describeProblem({ code: "bad-source", message: `Cannot trust the ${what}`, why, fix: fix ?? usual }),
    );
  }
  const message = `Cannot read the ${what}`;
  if (addresses.length === 0) {
    const fix = "Say which moment it is: snapshot: 2026-01-31T00:00:00Z";
    const none = ["Its addresses are of snapshots, and no moment is given"];
    return new AptFailure(describeProblem({ code: "bad-source", message, why: none, fix }));
  }
  const cause = refusals.at(-1)?.failure;
  if (refusals.every(({ failure }) => isMissing(failure)))
    return new AptFailure(
      describeProblem({ code: "bad-source", message, why, fix: "Check the address and the name of the suite", cause }),
    );
  const fix = "Check the address, and that this machine is online; then run it again";
  return new AptFailure(describeProblem({ code: "fetch-failed", message, why, fix, cause }));
}
