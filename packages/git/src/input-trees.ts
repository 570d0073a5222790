import { existsSync } from "node:fs";
import { DiagnosticError, isDiagnosticError } from "@firn/diagnostic";
import type { ExportRequest, InputTree, Outcome, TreeRequest } from "@firn/resolve";
import { cacheRepository } from "./cache-repository.ts";
import { addressesOf, tryAddresses, useCommit } from "./commit-access.ts";
import { TreeExport } from "./export-tree.ts";
import { inputProblem, showInput } from "./git-failure.ts";
import { factsPath, readFacts, writeFacts } from "./kept-facts.ts";
import { Integrity, NarWriter } from "./nar.ts";
import { type OpenInput, useInput } from "./open-input.ts";
import { readTree, type TreeVisitor } from "./read-tree.ts";
import type { Repositories } from "./repositories.ts";
import { TextCollector } from "./text-collector.ts";
import { TreeBudget } from "./tree-budget.ts";

/** Reads inputs from the cache, after downloads where they are needed, and keeps what was found. */
export class InputTrees {
  readonly #repositories: Repositories;

  constructor(repositories: Repositories) {
    this.#repositories = repositories;
  }

  /** Tells whether `find` would find an input. */
  has(request: TreeRequest): boolean {
    return this.#factsPaths(request).some((path) => existsSync(path));
  }

  /** Finds what is kept of an input. */
  async find(request: TreeRequest): Promise<InputTree | undefined> {
    for (const path of this.#factsPaths(request)) {
      const facts = await readFacts(path);
      if (facts !== undefined) return facts;
    }
    return undefined;
  }

  /** Reads and hashes an input. @throws DiagnosticError */
  async read(request: TreeRequest): Promise<InputTree> {
    return this.#use(request, `fetch ${showInput(request.source.git, request.dir)}`, ({ tree, root }, budget) =>
      hashInput({ tree, root }, budget),
    );
  }

  /** Reads an input again and compares it. @throws DiagnosticError */
  async verify(request: TreeRequest, integrity: string): Promise<InputTree> {
    const task = `verify ${showInput(request.source.git, request.dir)}`;
    return this.#use(request, task, async (input, budget) => {
      const facts = await hashInput(input, budget);
      checkIntegrity(facts, { integrity, task });
      return facts;
    });
  }

  /** Writes an input to a new folder. @throws DiagnosticError */
  async export(request: ExportRequest, into: string): Promise<InputTree> {
    const task = `lay out ${showInput(request.source.git, request.dir)}`;
    return this.#use(request, task, async (input, budget) => {
      const output = await TreeExport.begin(into);
      try {
        const facts = await hashInput(input, budget, output);
        if (request.integrity !== undefined) checkIntegrity(facts, { integrity: request.integrity, task });
        const [escaping] = output.escapingLinks();
        if (escaping !== undefined)
          budget.refuseTree(`The link "${escaping[0]}" leads out of the input, to "${escaping[1]}"`);
        await output.finish();
        return facts;
      } finally {
        await output.discard();
      }
    });
  }

  async #use(
    request: TreeRequest,
    task: string,
    work: (input: OpenInput, budget: TreeBudget) => Promise<InputTree>,
  ): Promise<InputTree> {
    const repositories = this.#repositories;
    const outcome = await tryAddresses(request.source, (url) =>
      useCommit(repositories, { url, commit: request.commit, task }, async (present): Promise<Outcome<InputTree>> => {
        const budget = new TreeBudget(repositories.settings.limits, task);
        try {
          const facts = await useInput({ repositories, budget }, { present, request }, (input) => work(input, budget));
          await writeFacts(factsPath(present.repository.path, request), facts);
          return { value: facts, diagnostics: [] };
        } catch (error) {
          // What is wrong with the contents of a commit is so at every address.
          if (isDiagnosticError(error)) return { diagnostics: error.diagnostics };
          throw error;
        }
      }),
    );
    if (outcome.value === undefined) throw new DiagnosticError(outcome.diagnostics);
    return outcome.value;
  }

  #factsPaths(request: TreeRequest): string[] {
    const { cacheDirectory } = this.#repositories.settings;
    return addressesOf(request.source).map((url) =>
      factsPath(
        // Only the text of the address counts here: no process is given it.
        cacheRepository(cacheDirectory, { url, transport: "https" }, { objectId: request.commit }).path,
        request,
      ),
    );
  }
}

async function hashInput({ tree, root }: OpenInput, budget: TreeBudget, visitor: TreeVisitor = {}): Promise<InputTree> {
  const integrity = new Integrity();
  const texts = new TextCollector(budget, visitor);
  texts.check(root);
  await readTree(root, new NarWriter(integrity.add), texts);
  return { tree, integrity: integrity.render(), ...texts.found() };
}

function checkIntegrity(
  found: InputTree,
  { integrity, task }: { readonly integrity: string; readonly task: string },
): void {
  if (found.integrity === integrity) return;
  const why = [`The lock says ${integrity}`, `The contents have ${found.integrity}`];
  const fix = "Compare lockfile.json with its history; to lock what is there, name the input: firn update INPUT";
  throw new DiagnosticError([inputProblem("integrity-mismatch", task, { why, fix })]);
}
