import type { ClosureMember, PackageProblem, ResolveRequest } from "@firn/package-manager";
import type { AptContext } from "./apt-context.ts";
import { AptFailure, describeProblem } from "./apt-failure.ts";
import { askApt, openWorld } from "./apt-world.ts";
import { Catalog, type Offer } from "./catalog.ts";
import { checkRequest } from "./check-request.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { type ClosureNode, findNeeders, linkClosure } from "./needed-by.ts";
import { openSources } from "./open-sources.ts";
import { isPackageWord } from "./plain-words.ts";
import { type Question, renderPreferences, renderWords } from "./request-words.ts";

/**
 * Has apt decide which packages a request needs, and finds each of them in the
 * lists: name, version and hash are what those say.
 *
 * @throws AptFailure "unknown-package", "no-solution", "bad-source", "fetch-failed"
 */
export async function resolveClosure(request: ResolveRequest, context: AptContext): Promise<readonly ClosureMember[]> {
  if (request.asked.length === 0) return [];
  const sources = await openSources(request, context);
  const catalog = new Catalog(sources, context);
  const world = openWorld(sources, request.architecture, context);
  const question: Question = { request, catalog, world, forbidden: new Set(), isWide: false };
  // What is to be read for the check is needed for the answer, too; apt is at work meanwhile.
  const [said, checked] = await Promise.allSettled([askOnce(question), checkRequest({ request, catalog, context })]);
  for (const { reason } of [checked, said].filter((result) => result.status === "rejected")) throw reason;
  const first = said.status === "fulfilled" ? said.value : [];
  return listMembers(await settleAnswer(question, first), request);
}

/** How often a closure is asked for again without what came from a source that nobody asked. */
const mostAttempts = 5;

type Answer = Offer[] | { readonly problem: PackageProblem };

async function settleAnswer(start: Question, first: Answer): Promise<readonly Offer[]> {
  let [question, answer] = [start, first];
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    if (attempt > 0) answer = await askOnce(question);
    if (!Array.isArray(answer)) {
      if (question.isWide || !isFromNamed(question)) throw new AptFailure(answer.problem);
      // Maybe it is possible when what a named package needs comes from where that does.
      question = { ...question, isWide: true };
      continue;
    }
    const unwanted = listUnwanted(answer, question);
    if (unwanted.length === 0) return answer;
    question = { ...question, forbidden: new Set([...question.forbidden, ...unwanted]) };
  }
  throw new AptFailure(explainRefusal("", question));
}

function isFromNamed({ request }: Question): boolean {
  return [...request.asked, ...(request.chosen ?? [])].some(({ source }) => source !== undefined);
}

async function askOnce(question: Question): Promise<Answer> {
  const { catalog, request, world } = question;
  const words = renderWords(question);
  // No list has a package of such a name, so that the check refuses it; apt might take it for an option.
  if (!words.every(isPackageWord)) return [];
  const said = await askApt(world, renderPreferences(question), words);
  if (said === undefined) throw describeNoApt();
  if (said.status !== 0) return { problem: explainRefusal(`${said.stdout}\n${said.stderr}`, question) };
  const named = new Map(request.asked.map(({ name, source }) => [name, source]));
  return said.stdout
    .toString()
    .split("\n")
    .filter((line) => line.startsWith("'"))
    .map((line) => findOffer(line, catalog, named));
}

function describeNoApt(): AptFailure {
  return new AptFailure(
    describeProblem({
      code: "no-package-manager",
      message: "Cannot resolve packages: there is no apt-get on this machine",
      why: ["It decides which packages others need; it runs without root, and changes nothing"],
      fix: "Lock on a machine that has apt",
    }),
  );
}

/** Reads a line of `--print-uris`: 'ADDRESS' FILE SIZE SHA256:HASH. */
function findOffer(line: string, catalog: Catalog, named: ReadonlyMap<string, string | undefined>): Offer {
  const {
    address = "",
    name = "",
    sha256 = "",
  } = /^'(?<address>[^']+)' (?<name>[^_ ]+)_\S+ \d+ SHA256:(?<sha256>[0-9a-f]{64})/.exec(line)?.groups ?? {};
  const path = decodeURIComponent(address.replace(/^http:\/\/[^/]*\//, "").replace(/^\.\//, ""));
  const offers = catalog.find(decodeURIComponent(name)).filter(({ pin }) => pin.sha256 === sha256);
  const taken = offers.find(({ pin }) => pin.path === path);
  if (taken === undefined) throw new Error(`apt names a package that is in no list: ${line}`);
  // Several sources may have this very file.
  const same = offers.filter(
    ({ pin }) => pin.version === taken.pin.version && pin.architecture === taken.pin.architecture,
  );
  const source = named.get(taken.pin.name);
  return same.find(({ pin }) => pin.source === source) ?? same[0] ?? taken;
}

/** Lists what came from a source that is used on request only, although nothing that was requested from there needs it. */
function listUnwanted(offers: readonly Offer[], { request }: Question): string[] {
  const late = offers.filter(({ source }) => source.locked.isOnRequest);
  if (late.length === 0) return [];
  const requests = [...request.asked, ...(request.chosen ?? [])];
  const starts = late.filter(({ pin }) =>
    requests.some(({ name, source }) => name === pin.name && source === pin.source),
  );
  const nodes = linkClosure(offers);
  const reached = findNeeders(
    nodes,
    starts.map(({ pin }) => pin.name),
  );
  return late.filter(({ pin }) => !reached.has(pin.name)).map(({ pin }) => `${pin.name} ${pin.source}`);
}

function listMembers(offers: readonly Offer[], { asked }: ResolveRequest): ClosureMember[] {
  const nodes: ReadonlyMap<string, ClosureNode> = linkClosure(offers);
  const names = new Set(asked.map(({ name }) => name));
  const needers = findNeeders(nodes, names);
  const [first = ""] = [...names].toSorted();
  return offers
    .map(({ pin }) => (names.has(pin.name) ? pin : { ...pin, neededBy: needers.get(pin.name) ?? first }))
    .toSorted((one, other) => compareText(one.name, other.name) || compareText(one.architecture, other.architecture));
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
