import { existsSync } from "node:fs";
import { type Files, inWorld, type World } from "./world.ts";

/** A story of several commands, in which repositories move on meanwhile. */
export interface Journey {
  /** Name of the golden text. */
  readonly name: string;
  /** Whether the folder is empty at first; otherwise it has the list of a flake's workspace. */
  readonly isEmpty?: boolean;
  readonly steps: readonly Step[];
}

/**
 * A command in the folder of the flake, whose words are parted by spaces and in
 * which `{core}` is the address of the repository "core"; or something that happens.
 */
export type Step = string | Publication | { readonly write: Files };

/** A commit that somebody makes in a repository, which is there from the first one on. */
export interface Publication {
  readonly publish: string;
  readonly files?: Files;
  /** Name of a tag for the commit; one that is there is moved. */
  readonly tag?: string;
  /** @default "Change" */
  readonly message?: string;
  /** Further commands of git, without its name. */
  readonly also?: readonly string[];
}

/** Goes through a journey and tells what was typed and said. */
export function runJourney({ steps, isEmpty = false }: Journey): string {
  return inWorld((world) => {
    if (!isEmpty) world.write(world.flake, { "pnpm-workspace.yaml": "packages: []\n" });
    return steps.flatMap((step) => takeStep(world, step)).join("\n");
  });
}

function takeStep(world: World, step: Step): string[] {
  if (typeof step === "string") return [tell(world, step)];
  if ("publish" in step) publish(world, step);
  else world.write(world.flake, fillIn(world, step.write));
  return [];
}

function tell(world: World, line: string): string {
  const filled = withAddresses(world, line);
  const { status, text } = world.run(filled.split(" "), world.flake);
  const end = status === 0 ? "" : `exit ${status}\n`;
  return world.hide(`$ ${filled}\n${withoutGit(text)}${end}`);
}

/** Leaves out what git says of its own, which is not the same in all its versions, nor in the same order. */
function withoutGit(text: string): string {
  return text.replaceAll(/^ {2}why: git: .*\n/gm, "");
}

function publish(world: World, { publish: name, files = {}, tag, message = "Change", also = [] }: Publication): void {
  const folder = world.repository(name);
  if (!existsSync(folder)) {
    world.write(folder, {});
    git(world, world.flake, ["init", "--quiet", folder]);
  }
  world.write(folder, files);
  git(world, folder, ["add", "--all"]);
  git(world, folder, ["commit", "--quiet", "--allow-empty", "--message", message]);
  if (tag !== undefined) git(world, folder, ["tag", "--force", tag]);
  for (const line of also) git(world, folder, line.split(" "));
}

function git(world: World, folder: string, args: readonly string[]): void {
  const { status, text } = world.run(["git", ...args], folder);
  if (status !== 0) throw new Error(`git ${args.join(" ")}: ${text}`);
}

function fillIn(world: World, files: Files): Files {
  return Object.fromEntries(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === "string" ? withAddresses(world, content) : content,
    ]),
  );
}

/** Texts in braces with anything but a name are left alone. */
function withAddresses(world: World, text: string): string {
  return text.replaceAll(/\{([a-z]+)\}/g, (_all, name: string) => `file://${world.repository(name)}`);
}
