import { type Diagnostic, similarNames } from "@firn/diagnostic";
import type { FlakeManifest, ShellDeclaration } from "@firn/input";
import { type ClosureRequest, orderSources } from "@firn/package-manager";

/** What the shells of a flake ask the lock for. */
export interface ShellRequests {
  readonly requests: readonly ClosureRequest[];
  /** Problems: `unknown-input`, each at the shell. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What a flake says that matters to its shells. */
export type ShellFlake = Pick<FlakeManifest, "shells" | "sources">;

/** Lists what the shells of a flake ask the lock for: a closure for each of their architectures. */
export function shellRequests(flake: ShellFlake): ShellRequests {
  const read = Object.entries(flake.shells).map(([name, shell]) => readShell(flake, name, shell));
  return {
    requests: read.flatMap(({ requests }) => requests),
    diagnostics: read.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** Names the closure of a shell in the lock. */
export function shellClosure(shell: string, architecture: string): string {
  return `shells/${shell}/${architecture}`;
}

function readShell({ sources }: ShellFlake, name: string, shell: ShellDeclaration): ShellRequests {
  const unknown = (shell.sources ?? []).filter((each) => !Object.hasOwn(sources, each));
  if (unknown.length > 0) {
    const diagnostics = unknown.map((each) => unknownSource(name, each, { shell, known: Object.keys(sources) }));
    return { requests: [], diagnostics };
  }
  const declared = Object.entries(sources).map(([each, { isOnRequest }]) => ({ name: each, isOnRequest }));
  const marks = new Map(
    shell.packages.map((each) => [each.name, [{ role: "asked for here", place: shell.place }]] as const),
  );
  const requests = architecturesOf(shell, sources).map((architecture): ClosureRequest => ({
    name: shellClosure(name, architecture),
    architecture,
    sources: orderSources(declared, shell.sources),
    asked: shell.packages,
    excluded: [],
    marks,
  }));
  return { requests, diagnostics: [] };
}

/** Those that all of its sources have, unless it says more. */
function architecturesOf(shell: ShellDeclaration, sources: FlakeManifest["sources"]): readonly string[] {
  if (shell.architectures !== undefined) return shell.architectures;
  const used = Object.entries(sources).filter(([name, { isOnRequest }]) => {
    return shell.sources === undefined ? !isOnRequest : shell.sources.includes(name);
  });
  const [first, ...others] = used.map(([, { source }]) => source.architectures);
  return (first ?? []).filter((each) => others.every((those) => those.includes(each)));
}

function unknownSource(
  name: string,
  source: string,
  { known, shell }: { readonly known: readonly string[]; readonly shell: ShellDeclaration },
): Diagnostic {
  const [near] = similarNames(source, known);
  return {
    code: "unknown-input",
    severity: "error",
    message: `Cannot use the source ${JSON.stringify(source)} for the shell ${JSON.stringify(name)}: there is no such source`,
    marks: [{ role: "declared here", place: shell.place }],
    ...(known.length > 0 && { why: [`The sources are ${known.join(", ")}`] }),
    fix: near === undefined ? "Declare it below inputs in flake.yaml" : `Did you mean "${near}"?`,
  };
}
