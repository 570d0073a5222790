import { similarNames } from "@firn/diagnostic";
import type { PackageProblem, PackageRequest, ResolveRequest } from "@firn/package-manager";
import type { AptContext } from "./apt-context.ts";
import { AptFailure, describeProblem } from "./apt-failure.ts";
import { Catalog, type Offer } from "./catalog.ts";
import { compareVersions } from "./compare-versions.ts";
import { openAll } from "./open-sources.ts";

/** A request, and the lists that it is decided from. */
export interface RequestToCheck {
  readonly request: ResolveRequest;
  readonly catalog: Catalog;
  readonly context: AptContext;
}

/** Checks that all there is to take is there. @throws AptFailure "unknown-package", "no-solution" */
export async function checkRequest(check: RequestToCheck): Promise<void> {
  const { asked, chosen = [], excluded } = check.request;
  const problems: PackageProblem[] = [];
  for (const { name } of new Map(asked.map((one) => [one.name, one])).values()) {
    if (excluded.includes(name)) problems.push(describeExcluded(name));
    if (isAskedDifferently(name, asked)) problems.push(describeDifferent(name, asked));
  }
  for (const one of [...asked, ...chosen])
    if (check.catalog.match(one).length === 0) problems.push(await describeUnknown(one, check));
  if (problems.length > 0) throw new AptFailure(...problems);
}

function isAskedDifferently(name: string, asked: readonly PackageRequest[]): boolean {
  const forms = asked.flatMap((one) => (one.name === name ? [`${one.source ?? ""} ${one.version ?? ""}`] : []));
  return new Set(forms).size > 1;
}

function describeExcluded(name: string): PackageProblem {
  return describeProblem({
    code: "no-solution",
    message: `Cannot take the package "${name}": it is asked for, and excluded`,
    fix: "Remove one of the two",
    names: [name],
  });
}

function describeDifferent(name: string, asked: readonly PackageRequest[]): PackageProblem {
  const forms = asked
    .filter((one) => one.name === name)
    .map(({ source, version }) => {
      return `${version === undefined ? "any version" : `the version "${version}"`} of ${source === undefined ? "any source" : `"${source}"`} is asked for`;
    });
  return describeProblem({
    code: "no-solution",
    message: `Cannot take the package "${name}" in two ways at once`,
    why: [...new Set(forms)].toSorted(),
    fix: "Ask for it in one way",
    names: [name],
  });
}

async function describeUnknown(asked: PackageRequest, check: RequestToCheck): Promise<PackageProblem> {
  const { name, source, version } = asked;
  const all = await openRest(check);
  const known = all.find(name);
  const what = version === undefined ? `the package "${name}"` : `the version "${version}" of the package "${name}"`;
  const message = `Cannot find ${what}${source === undefined ? "" : ` in the source "${source}"`}`;
  const words = { code: "unknown-package", message, names: [name] } as const; // So that the code is one of all codes.
  if (known.length > 0) return describeProblem({ ...words, ...describeOffers(known, asked) });
  const elsewhere = await listOtherArchitectures(name, check);
  if (elsewhere.length > 0)
    return describeProblem({
      ...words,
      why: [`It is there for ${elsewhere.join(", ")}, and ${check.request.architecture} is wanted`],
      fix: "Leave it out on hosts of this architecture",
    });
  const providers = all.listProviders(name);
  if (providers.length > 0)
    return describeProblem({
      ...words,
      why: [`It is a name that others provide: ${providers.map((one) => `"${one}"`).join(", ")}`],
      fix: "Ask for one of those",
    });
  const near = similarNames(name, all.listNames()).map((one) => `"${one}"`);
  const fix =
    near.length > 0 ? `Did you mean ${near.join(" or ")}?` : "Correct the name, or add the source that has it";
  const names = check.request.sources.map((one) => `"${one.name}"`);
  return describeProblem({ ...words, why: [`None of these sources has it: ${names.join(", ")}`], fix });
}

/** What exists, though not as it is asked for. */
function describeOffers(
  known: readonly Offer[],
  { name, source, version }: PackageRequest,
): { why: string[]; fix: string } {
  const bySource = new Map<string, string[]>();
  for (const { pin } of known.toSorted((one, other) => compareVersions(other.pin.version, one.pin.version)))
    bySource.set(pin.source, [...new Set([...(bySource.get(pin.source) ?? []), pin.version])]);
  const why = [...bySource].toSorted().map(([from, versions]) => `"${from}" has ${versions.join(", ")}`);
  const usable = known.filter(({ source: { locked } }) =>
    source === undefined ? !locked.isOnRequest : locked.name === source,
  );
  if (version !== undefined && usable.length > 0)
    return {
      why,
      fix: "Ask for a version that is there, or pin the source to a moment when it had this one: snapshot",
    };
  const [other = ""] = bySource.keys();
  return { why, fix: `Name the source that has it: ${JSON.stringify({ name, source: other })}` };
}

/** The lists of all sources that can be had, those that nobody has named, too. */
async function openRest({ catalog, context, request }: RequestToCheck): Promise<Catalog> {
  const rest = request.sources.filter((one) => !catalog.sources.some(({ locked }) => locked === one));
  const opened = await openWhatIsThere(rest, request.architecture, context);
  return new Catalog([...catalog.sources, ...opened], context);
}

async function listOtherArchitectures(name: string, { context, request }: RequestToCheck): Promise<string[]> {
  const { architecture, sources } = request;
  const others = new Set(sources.flatMap(({ source }) => source.architectures).filter((one) => one !== architecture));
  const found: string[] = [];
  for (const other of [...others].toSorted()) {
    const opened = await openWhatIsThere(sources, other, context);
    if (new Catalog(opened, context).find(name).length > 0) found.push(other);
  }
  return found;
}

/** It is for a hint alone, so that what cannot be had is left out. */
async function openWhatIsThere(
  sources: ResolveRequest["sources"],
  architecture: string,
  context: AptContext,
): ReturnType<typeof openAll> {
  const opened = await Promise.all(
    sources.map((source) =>
      openAll([source], architecture, context).catch((thrown: unknown) => {
        if (thrown instanceof AptFailure) return [];
        throw thrown;
      }),
    ),
  );
  return opened.flat();
}
