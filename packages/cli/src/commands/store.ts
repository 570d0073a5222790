import { DiagnosticError, renderText } from "@firn/diagnostic";
import { generationFiles, generationLinks, type Manifest, parseManifest } from "@firn/manifest";
import { hashContent } from "@firn/store";
import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type CommandCall, exitStatus } from "../command.ts";
import { counted } from "../counted.ts";
import { contentsOfFlake } from "../machine/contents-of-flake.ts";
import { type Machine, openMachine } from "../machine/open-machine.ts";
import { painter } from "../terminal.ts";

/** Verifies the store, and repairs it where it is asked to. */
export async function run({ flags, positionals, terminal }: CommandCall): Promise<number> {
  if (positionals[0] !== "verify") throw badUse();
  const machine = openMachine(flags, terminal);
  const files = flags.repair ? filesByContent(machine) : new Map<string, string>();
  const hosts = machine.store.list().map((name) => name.slice(name.indexOf("-") + 1));
  const built = flags.repair ? await contentsOfFlake(hosts, terminal) : new Map<string, string | Uint8Array>();
  const { damages, generations, objects } = machine.store.verify({
    contentsOf: (text, name) => {
      if (!name.startsWith(hashContent(text).slice(0, 32))) return undefined;
      const { manifest } = parseManifest(text, { file: name });
      return manifest && { files: generationFiles(manifest), links: generationLinks(manifest) };
    },
    ...(flags.repair && { findContent: (hash: string) => built.get(hash) ?? readIfSame(files.get(hash), hash) }),
  });
  const left = damages.filter(({ isRepaired }) => !isRepaired);
  if (flags.json) terminal.print(JSON.stringify({ generations, objects, damages }));
  else {
    const paint = painter(terminal.color);
    for (const { isRepaired, path, what } of damages) {
      const state = isRepaired ? paint("green", "repaired") : paint("red", "damaged ");
      terminal.print(`${state} ${renderText(path)}: ${what}`);
    }
    terminal.print(
      `${counted(generations, "generation")} and ${counted(objects, "content")}: ${summary(damages.length, left.length)}`,
    );
    if (left.length > 0 && !flags.repair)
      terminal.print("firn store verify --repair looks for good copies on this machine and in the flake");
  }
  return left.length === 0 ? exitStatus.done : exitStatus.problem;
}

function summary(damaged: number, left: number): string {
  if (damaged === 0) return "all as they should be";
  return left === 0 ? "all damage repaired" : `${left} damaged`;
}

/** Files on the machine that were written with a content: the real ones of all generations. */
function filesByContent({ scope, store }: Machine): Map<string, string> {
  const found = new Map<string, string>();
  for (const name of store.list()) {
    const { manifest } = parseManifest(store.readManifest(name) ?? "", { file: name });
    for (const [path, file] of Object.entries((manifest as Manifest | undefined)?.files ?? {})) {
      if (file.kind === "file") found.set(file.content, join(scope.root, path));
    }
  }
  return found;
}

function readIfSame(file: string | undefined, hash: string): Uint8Array | undefined {
  if (file === undefined || lstatSync(file, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
  const content = readFileSync(file);
  return hashContent(content) === hash ? content : undefined;
}

function badUse(): DiagnosticError {
  return new DiagnosticError([
    {
      code: "bad-usage",
      severity: "error",
      message: "Cannot tell what to do with the store",
      marks: [],
      fix: "firn store verify [--repair]",
    },
  ]);
}
