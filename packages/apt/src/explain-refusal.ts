import type { PackageProblem } from "@firn/package-manager";
import { describeProblem } from "./apt-failure.ts";
import type { Question } from "./request-words.ts";

/** What apt says of a package that cannot be had as it is wanted. */
interface Complaint {
  readonly name: string;
  readonly relation: string;
  /** Alternatives, each as it is written: "b (>= 2)". */
  readonly wanted: readonly { readonly what: string; readonly reason: string }[];
}

/** Says in words of Firn why apt has no answer. @param said all that it printed */
export function explainRefusal(said: string, question: Question): PackageProblem {
  const { asked } = question.request;
  const complaints = parseComplaints(said);
  const guilty = listGuilty(complaints, question);
  const names = guilty.length > 0 ? guilty : [...new Set(asked.map(({ name }) => name))].toSorted();
  const shown = names.slice(0, mostNames).map((name) => `"${name}"`);
  const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : "";
  return describeProblem({
    code: "no-solution",
    message: `Cannot find packages that fulfil all that is asked for: ${shown.join(", ")}${more}`,
    why: complaints.length > 0 ? complaints.map((complaint) => render(complaint, question)) : quoteErrors(said),
    fix: "Leave one of those packages out, take it from another source, or exclude less",
    names,
  });
}

const mostNames = 5;

/**
 * Reads lines of " a : Depends: b (>= 2) but 1 is to be installed". The name is
 * left out where it repeats; after " or", the next line is another alternative.
 */
function parseComplaints(said: string): Complaint[] {
  const complaints: { name: string; relation: string; wanted: { what: string; reason: string }[] }[] = [];
  let isMore = false;
  for (const line of said.split("\n")) {
    const {
      first,
      relation,
      rest = "",
    } = /^ (?:(?<first>\S+) :)?\s+(?:(?<relation>[A-Z]\w+): )?(?<rest>\S.*?)\s*$/.exec(line)?.groups ?? {};
    const { reason = "", what = "" } = /^(?<what>.+?)(?: but (?<reason>.*?))?(?: or)?$/.exec(rest)?.groups ?? {};
    const latest = complaints.at(-1);
    if (isMore && relation === undefined) latest?.wanted.push({ what, reason });
    if (relation !== undefined) {
      const name = first?.replace(/:\w+$/, "") ?? latest?.name ?? "";
      complaints.push({ name, relation, wanted: [{ what, reason }] });
    }
    isMore = rest.endsWith(" or");
  }
  return complaints;
}

function render({ name, relation, wanted }: Complaint, question: Question): string {
  const all = wanted.map((one) => renderWanted(one, question));
  return `"${name}" ${verbs.get(relation) ?? "has to do with"} ${all.join(" or ")}`;
}

const verbs: ReadonlyMap<string, string> = new Map([
  ["Depends", "needs"],
  ["PreDepends", "needs"],
  ["Conflicts", "cannot be together with"],
  ["Breaks", "breaks"],
]);

function renderWanted({ reason, what }: Complaint["wanted"][number], question: Question): string {
  const { catalog, request } = question;
  const name = nameOf(what);
  const shown = what.replace(/^\S+/, () => `"${name}"`);
  if (request.excluded.includes(name)) return `${shown}, which is excluded`;
  const isThere = catalog.find(name).length > 0;
  if (/not installable|virtual package/.test(reason) && !isThere) return `${shown}, which no source has`;
  if (/not installable|not going to be/.test(reason)) return `${shown}${renderRivals(name, question)}`;
  const version = what.includes("(") ? /^(?<version>\S+) is to be/.exec(reason)?.groups?.["version"] : undefined;
  return version === undefined ? shown : `${shown}, and ${version} would be taken`;
}

/** Those of the requests that cannot be together with a package. */
function renderRivals(name: string, { catalog, request }: Question): string {
  const names = (asked: string): string[] => [
    asked,
    ...catalog.find(asked).flatMap(({ stanza }) => stanza.provides.map((provided) => provided.name)),
  ];
  const excludes = (one: string, other: string): boolean => {
    const rivals = catalog.find(one).flatMap(({ stanza }) => stanza.excludes.map((relation) => relation.name));
    return names(other).some((each) => rivals.includes(each));
  };
  const asked = [...new Set(request.asked.map((one) => one.name))].toSorted().filter((one) => one !== name);
  const rivals = asked.filter((one) => excludes(one, name) || excludes(name, one)).map((one) => `"${one}"`);
  return rivals.length === 0 ? "" : `, which cannot be together with ${rivals.join(", ")}`;
}

function nameOf(what: string): string {
  return what.replace(/[ :].*$/s, "");
}

/** Lists the requests that a complaint is about, or that lead to the package which it is about. */
function listGuilty(complaints: readonly Complaint[], question: Question): string[] {
  const asked = new Set(question.request.asked.map(({ name }) => name));
  const subjects = complaints.flatMap(({ name, relation, wanted }) => {
    const isMutual = relation === "Conflicts" || relation === "Breaks";
    return isMutual ? [name, ...wanted.map(({ what }) => nameOf(what))] : [name];
  });
  const guilty = subjects.filter((name) => asked.has(name));
  const others = subjects.filter((name) => !asked.has(name));
  const needers = others.length === 0 ? new Map<string, Set<string>>() : listNeeders(question);
  for (const other of others) guilty.push(...[...listAbove(other, needers)].filter((name) => asked.has(name)));
  return [...new Set(guilty)].toSorted();
}

/** Finds, for each package that may be in the closure, which others name it; alternatives count, too. */
function listNeeders({ catalog, request }: Question): Map<string, Set<string>> {
  const needers = new Map<string, Set<string>>();
  const seen = new Set<string>();
  const left = request.asked.map(({ name }) => name);
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const needed of catalog.find(name).flatMap(({ stanza }) => stanza.needs.flat())) {
      needers.set(needed.name, (needers.get(needed.name) ?? new Set()).add(name));
      left.push(needed.name);
    }
  }
  return needers;
}

function listAbove(start: string, needers: ReadonlyMap<string, ReadonlySet<string>>): Set<string> {
  const above = new Set<string>();
  const left = [start];
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    if (above.has(name)) continue;
    above.add(name);
    left.push(...(needers.get(name) ?? []));
  }
  return above;
}

function quoteErrors(said: string): string[] {
  const lines = said.split("\n").flatMap((line) => /^E: (?<words>.*)$/.exec(line)?.groups?.["words"] ?? []);
  return lines.map((line) => `apt says: ${line.replace(/\.$/, "")}`);
}
