import { DiagnosticError, type Place } from "@firn/diagnostic";
import { readFlakeFile, readLockFile } from "@firn/flake-folder";
import type { Flake } from "@firn/loader";
import { findClosure } from "@firn/lock";
import { type ClosureMember, type ClosureRequest, orderSources, type PackageRequest } from "@firn/package-manager";
import { findStaleClosures, findStaleSources } from "@firn/resolve";
import { absoluteSources } from "../lock-packages.ts";
import type { LockedFlake } from "../machine/host-packages.ts";
import { shellClosure, shellRequests } from "../shell-requests.ts";
import type { Terminal } from "../terminal.ts";

/** Packages of a shell, and the lock that they are of. */
export interface ShellPackages {
  readonly flake: LockedFlake;
  readonly members: readonly ClosureMember[];
  /** Names that were asked for. */
  readonly asked: readonly string[];
  /** Variables that it sets. */
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Finds a development shell of a flake in its lock.
 *
 * @throws DiagnosticError "bad-usage" when the flake declares no such shell, "stale-lock" when it is not locked
 */
export function findShell(flake: Flake, name: string): ShellPackages {
  const { manifest } = readFlakeFile(flake.root);
  const shell = Object.hasOwn(manifest.shells, name) ? manifest.shells[name] : undefined;
  if (shell === undefined) throw unknownShell(name, Object.keys(manifest.shells));
  const closure = shellClosure(name, machineArchitecture());
  const { diagnostics, requests } = shellRequests(manifest);
  const request = requests.find((each) => each.name === closure);
  if (diagnostics.length > 0) throw new DiagnosticError(diagnostics);
  if (request === undefined) throw foreignShell(name, shell.place);
  const { lock } = readLockFile(flake.root);
  const stale = findStaleClosures([request], lock);
  if (stale.length > 0) throw new DiagnosticError(stale.map(({ optionPath: _optionPath, ...problem }) => problem));
  return {
    flake: { manifest, lock },
    members: findClosure(lock, closure)?.packages ?? [],
    asked: shell.packages.map((each) => each.name),
    environment: shell.environment,
  };
}

/** What is asked for on the command line. */
export interface AdHocRequest {
  readonly asked: readonly PackageRequest[];
  /** Names of sources; empty for those that are not on request. */
  readonly sources: readonly string[];
}

/**
 * Finds packages that somebody names, in what the sources of a flake had when
 * they were locked.
 *
 * @throws DiagnosticError "stale-lock" when a source is not locked, "unknown-package" and others of the package managers
 */
export async function findAdHoc(
  flake: Flake,
  { asked, sources: usual }: AdHocRequest,
  terminal: Terminal,
): Promise<ShellPackages> {
  const { manifest } = readFlakeFile(flake.root);
  const { lock } = readLockFile(flake.root);
  const stale = findStaleSources(manifest.sources, lock);
  if (stale.length > 0) throw new DiagnosticError(stale);
  const declared = Object.entries(manifest.sources).map(([name, { isOnRequest }]) => ({ name, isOnRequest }));
  const request: ClosureRequest = {
    name: "shells/-",
    architecture: machineArchitecture(),
    sources: orderSources(declared, usual.length === 0 ? undefined : usual),
    asked,
    excluded: [],
    marks: new Map(),
  };
  const members = await resolve(request, { flake, manifest, lock }, terminal);
  return { flake: { manifest, lock }, asked: asked.map(({ name }) => name), environment: {}, members };
}

async function resolve(
  request: ClosureRequest,
  { flake, lock, manifest }: LockedFlake & { readonly flake: Flake },
  terminal: Terminal,
): Promise<readonly ClosureMember[]> {
  const [{ lockPackages }, { openPackageManagers }] = await Promise.all([
    import("@firn/resolve"),
    import("../package-managers.ts"),
  ]);
  const { packages, problems } = await lockPackages({
    sources: absoluteSources(flake, manifest),
    previous: lock,
    requests: [request],
    kept: Object.keys(lock.closures),
    managers: openPackageManagers(terminal),
  });
  terminal.showProgress?.("");
  const closure = packages && findClosure(packages, request.name);
  if (closure === undefined) throw new DiagnosticError(problems.map(({ diagnostic }) => diagnostic));
  return closure.packages;
}

const architectures: Readonly<Record<string, string>> = {
  x64: "amd64",
  arm64: "arm64",
  arm: "armhf",
  ia32: "i386",
  ppc64: "ppc64el",
  riscv64: "riscv64",
  s390x: "s390x",
};

/** What distributions call the architecture of this machine. */
function machineArchitecture(): string {
  return architectures[process.arch] ?? process.arch;
}

function unknownShell(name: string, known: readonly string[]): DiagnosticError {
  const names = known.map((each) => JSON.stringify(each)).join(", ");
  return badUse(`Cannot enter the shell ${JSON.stringify(name)}: the flake has none of that name`, {
    why: [known.length === 0 ? "flake.yaml has no shells" : `Its shells are ${names}`],
    fix: `Declare it in flake.yaml: shells: { ${name}: { packages: [git] } }`,
  });
}

function foreignShell(name: string, place: Place): DiagnosticError {
  const architecture = machineArchitecture();
  return badUse(
    `Cannot enter the shell ${JSON.stringify(name)}: it is not for machines like this one`,
    { why: [`This machine is ${architecture}`], fix: `architectures: [${architecture}]` },
    place,
  );
}

function badUse(
  message: string,
  told: { readonly why: readonly string[]; readonly fix: string },
  place?: Place,
): DiagnosticError {
  const marks = place === undefined ? [] : [{ role: "declared here", place }];
  return new DiagnosticError([{ code: "bad-usage", severity: "error", message, marks, ...told }]);
}
