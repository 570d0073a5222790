import type { ClosureMember, PackageProblem, ResolveRequest } from "@firn/package-manager";
import type { AptContext } from "./apt-context.ts";
import { AptFailure, describeProblem } from "./apt-failure.ts";
import { askApt, openWorld } from "./apt-world.ts";
import { Catalog, type Offer } from "./catalog.ts";
import { checkRequest } from "./check-request.ts";
import type { ReadySource } from "./ensure-lists.ts";
import { explainRefusal } from "./explain-refusal.ts";
import { ListCache } from "./list-cache.ts";
import { narrowSources } from "./narrow-sources.ts";
import { type ClosureNode, findNeeders, linkClosure } from "./needed-by.ts";
import { openSources } from "./open-sources.ts";
import { withoutFile } from "./own-packages.ts";
import { isPackageWord } from "./plain-words.ts";
import { type Question, renderPreferences, renderWords } from "./request-words.ts";
import type { ProgramOutput } from "./run-program.ts";
import { withScratchFolder } from "./scratch-folder.ts";

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
  // What is to be read for the check is needed for the answer, too; apt is at work meanwhile.
  const checking = checkRequest({ request, catalog, context });
  const [said, checked] = await Promise.allSettled([decide({ request, catalog, checking }, context), checking]);
  for (const { reason } of [checked, said].filter((result) => result.status === "rejected")) throw reason;
  return listMembers(said.status === "fulfilled" ? said.value : [], request);
}

/** Asks in a world of what can be reached alone, and in the whole one unless that decides it. */
async function decide(
  { checking, ...asked }: Pick<Question, "catalog" | "request"> & { readonly checking: Promise<void> },
  context: AptContext,
): Promise<readonly Offer[]> {
  const { catalog, request } = asked;
  const openQuestion = (sources: readonly ReadySource[], within: AptContext): Question => {
    const world = openWorld(sources, request.architecture, within);
    return { ...asked, world, forbidden: new Set(), isWide: false };
  };
  const answer = await withScratchFolder(context.cache, (folder) => {
    const kept = new ListCache(folder);
    const starts = request.asked.map(({ name }) => name);
    const narrowed = narrowSources(catalog.sources, starts, { kept, of: context });
    return settleAnswer(openQuestion(narrowed, { ...context, cache: folder, lists: kept }), askPlainly);
  });
  if (answer !== undefined) return answer;
  // It takes a while, and what is not there need not be asked for.
  await checking;
  return (await settleAnswer(openQuestion(catalog.sources, context), askOnce)) ?? [];
}

/** How often a closure is asked for again without what came from a source that nobody asked. */
const mostAttempts = 5;

type Answer = Offer[] | { readonly problem: PackageProblem };

/** @returns nothing as soon as `ask` does */
async function settleAnswer(
  start: Question,
  ask: (question: Question) => Promise<Answer | undefined>,
): Promise<readonly Offer[] | undefined> {
  let question = start;
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const answer = await ask(question);
    if (answer === undefined) return undefined;
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
  const said = await askWith([], question);
  if (said === undefined) return [];
  if (said.status !== 0) return { problem: explainRefusal(`${said.stdout}\n${said.stderr}`, question) };
  return listOffers(said, question);
}

/**
 * Asks where apt knows a part of all packages. Once one excludes another, what
 * it does depends on how many packages there are beside those.
 *
 * @returns nothing when that is so, or nobody can tell
 */
async function askPlainly(question: Question): Promise<Answer | undefined> {
  const said = await askWith(["-o", "Debug::pkgProblemResolver=true"], question);
  if (said === undefined) return [];
  const isPlain = said.status === 0 && /^Starting pkgProblemResolver with broken count: 0$/m.test(said.stderr);
  return isPlain ? listOffers(said, question) : undefined;
}

/** @returns nothing when apt is not to be asked */
async function askWith(options: readonly string[], question: Question): Promise<ProgramOutput | undefined> {
  const words = renderWords(question);
  // No list has a package of such a name, so that the check refuses it; apt might take it for an option.
  if (!words.every(isPackageWord)) return undefined;
  const said = await askApt(question.world, renderPreferences(question), [...options, ...words]);
  if (said === undefined) throw describeNoApt();
  return said;
}

function listOffers({ stdout }: ProgramOutput, { catalog, request }: Question): Offer[] {
  const named = new Map(request.asked.map(({ name, source }) => [name, source]));
  const lines = stdout.toString().split("\n");
  return lines.filter((line) => line.startsWith("'")).map((line) => findOffer(line, catalog, named));
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
    .map(({ pin }) => withoutFile(pin))
    .map((pin) => (names.has(pin.name) ? pin : { ...pin, neededBy: needers.get(pin.name) ?? first }))
    .toSorted((one, other) => compareText(one.name, other.name) || compareText(one.architecture, other.architecture));
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
