import { join } from "node:path";
import { type InputPath, pathDepth } from "@firn/input";
import type { ExportRequest } from "@firn/resolve";
import type { InputNode } from "./input-node.ts";

/** A folder below `.firn/inputs` that has the files of one or more inputs. */
export interface PlannedFolder {
  /** Absolute path. */
  readonly folder: string;
  /** The input that it is named after, and whose inputs are linked in it. */
  readonly path: InputPath;
  readonly request: ExportRequest;
}

/** Where each input is, and what must be exported for it. */
export interface FolderPlan {
  readonly exported: readonly PlannedFolder[];
  /** Absolute folder of each node, the flake itself among them. */
  readonly folders: ReadonlyMap<InputPath, string>;
}

/**
 * Decides which inputs share a folder: those with the same files whose own
 * inputs share theirs too. So a module that is reached by two ways is one
 * object, and one whose inputs differ is not. A folder is named after the
 * shortest of its paths, then the first.
 */
export function planFolders(nodes: ReadonlyMap<InputPath, InputNode>, inputsFolder: string): FolderPlan {
  const labels = labelNodes(nodes);
  const paths = [...nodes.keys()].toSorted((one, other) => pathDepth(one) - pathDepth(other) || (one < other ? -1 : 1));
  const byLabel = new Map<number, PlannedFolder>();
  for (const path of paths) {
    const { origin } = nodes.get(path) ?? {};
    const label = labels.get(path) ?? -1;
    if (origin?.kind !== "git" || byLabel.has(label)) continue;
    const folder = join(inputsFolder, `${path.replaceAll("/", "+")}@${safeLabel(origin.label, origin.request)}`);
    byLabel.set(label, { folder, path, request: origin.request });
  }
  const folderOf = (path: InputPath): string => {
    const origin = nodes.get(path)?.origin;
    if (origin?.kind === "inside") return join(folderOf(origin.owner), origin.folder);
    return origin?.kind === "local" ? origin.folder : (byLabel.get(labels.get(path) ?? -1)?.folder ?? "");
  };
  return { exported: [...byLabel.values()], folders: new Map(paths.map((path) => [path, folderOf(path)])) };
}

/** A lock that somebody edited must not name a folder elsewhere. */
function safeLabel(label: string, { commit }: ExportRequest): string {
  return /^\w[\w.+-]*$/.test(label) ? label : commit.slice(0, 12).replaceAll(/\W/g, "_");
}

/**
 * Labels nodes so that two have the same label when nothing tells them apart: at
 * first by their files, then again and again by the labels of their inputs, until
 * that tells no more apart. Inputs may follow those above them, so there is no
 * order in which one pass would do.
 */
function labelNodes(nodes: ReadonlyMap<InputPath, InputNode>): Map<InputPath, number> {
  let labels = numberTexts([...nodes].map(([path, node]) => [path, ownText(node)]));
  for (;;) {
    const refined = numberTexts(
      [...nodes].map(([path, node]) => [path, JSON.stringify([labels.get(path), ...relatedLabels(node, labels)])]),
    );
    if (new Set(refined.values()).size === new Set(labels.values()).size) return labels;
    labels = refined;
  }
}

function numberTexts(texts: readonly (readonly [InputPath, string])[]): Map<InputPath, number> {
  const numbers = new Map<string, number>();
  return new Map(
    texts.map(([path, text]) => {
      const number = numbers.get(text) ?? numbers.size;
      numbers.set(text, number);
      return [path, number];
    }),
  );
}

function ownText({ origin, isFlake }: InputNode): string {
  if (origin.kind !== "git") return JSON.stringify([origin.kind, origin.folder, isFlake]);
  const { source, commit, dir, submodules, integrity } = origin.request;
  return JSON.stringify(["git", isFlake, integrity ?? [source.git, commit, dir, submodules]]);
}

function relatedLabels({ origin, children }: InputNode, labels: ReadonlyMap<InputPath, number>): unknown[] {
  const owner = origin.kind === "inside" ? labels.get(origin.owner) : undefined;
  const below = [...children].map(([name, path]) => [name, labels.get(path)] as const);
  return [owner, below.toSorted(([one], [other]) => (one < other ? -1 : 1))];
}
