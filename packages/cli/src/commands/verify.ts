import { type Diagnostic, DiagnosticError, nearestNames } from "@firn/diagnostic";
import { isAtOrBelow, isGitRequirement } from "@firn/input";
import { type GitPin, isGitPin } from "@firn/lock";
import { type CommandCall, exitStatus } from "../command.ts";
import { counted } from "../counted.ts";
import { computeLock, type FlakeInputs, openInputs } from "../flake-inputs.ts";

/** Hashes all inputs anew. */
export async function run({ positionals, terminal }: CommandCall): Promise<number> {
  const inputs = openInputs(terminal);
  await computeLock(inputs, { isFrozen: true });
  const { lock } = inputs.lockFile;
  const unknown = positionals.filter((path) => !Object.hasOwn(lock.inputs, path));
  if (unknown.length > 0)
    throw new DiagnosticError(unknown.map((path) => unknownInput(path, Object.keys(lock.inputs))));
  const pins = Object.entries(lock.inputs).flatMap(([path, pin]) => {
    const isMeant = positionals.length === 0 || positionals.some((each) => isAtOrBelow(path, each));
    return isGitPin(pin) && isMeant ? [{ path, pin }] : [];
  });
  const problems = (await Promise.all(pins.map(({ path, pin }) => verifyPin(path, pin, inputs)))).flat();
  if (problems.length > 0) throw new DiagnosticError(problems);
  terminal.print(`${counted(pins.length, "input")} verified`);
  return exitStatus.done;
}

async function verifyPin(path: string, pin: GitPin, { git, flakeFile }: FlakeInputs): Promise<readonly Diagnostic[]> {
  const { want, commit, integrity, tag } = pin;
  if (!isGitRequirement(want)) return [];
  const { inputs, devInputs } = flakeFile.manifest;
  const source = { git: want.git, mirrors: (inputs[path] ?? devInputs[path])?.mirrors ?? [] };
  const request = { source, commit, dir: want.dir ?? "", submodules: want.submodules === true };
  const { diagnostics } = await git.verify(request, integrity);
  const problems = diagnostics.map((one) => ({
    ...one,
    why: [...(one.why ?? []), `It is locked as the input "${path}"`],
  }));
  if (tag === undefined) return problems;
  const { value } = await git.listRefs(source);
  const now = value?.tags.get(tag)?.commit;
  return now === undefined || now === commit ? problems : [...problems, movedTag(path, tag, { commit, now })];
}

function movedTag(path: string, tag: string, { commit, now }: { commit: string; now: string }): Diagnostic {
  return {
    code: "moved-tag",
    severity: "error",
    message: `Cannot trust the tag "${tag}" of the input "${path}": it was moved`,
    marks: [],
    why: [`lockfile.json has ${commit}`, `The repository has ${now} now`],
    fix: "Ask who published it why; the lock still holds what you reviewed",
  };
}

function unknownInput(path: string, known: readonly string[]): Diagnostic {
  const near = nearestNames(path, known).map((name) => `"${name}"`);
  return {
    code: "unknown-input",
    severity: "error",
    message: `Cannot find the input "${path}"`,
    marks: [],
    fix: near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `Add it: firn input add ${path} SOURCE`,
  };
}
