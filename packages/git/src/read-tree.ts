import { type NarWriter } from "./nar.ts";
import type { ObjectReader } from "./object-reader.ts";
import type { DirectoryNode, FileNode, StoredBytes, TreeNode } from "./tree-node.ts";

/** Takes the contents of a file, piece by piece. */
export interface FileSink {
  write(bytes: Buffer): void;
  end(): void;
}

/** Is told of each entry of an input, folders before what is in them. Paths are those in the input. */
export interface TreeVisitor {
  directory?(path: string): void;
  /** Gives what takes the contents, or nothing. */
  file?(path: string, node: FileNode): FileSink | undefined;
  link?(path: string, target: Buffer): void;
}

/** Reads all files of an input once, in the order of its NAR serialization, which is written on the way. */
export async function readTree(root: DirectoryNode, nar: NarWriter, visitor: TreeVisitor = {}): Promise<void> {
  const wanted = new Map<ObjectReader, string[]>();
  for (const { reader, id } of storedBytes(root)) {
    const ids = wanted.get(reader);
    if (ids === undefined) wanted.set(reader, [id]);
    else ids.push(id);
  }
  for (const [reader, ids] of wanted) reader.ask(ids);
  await readNode(root, "", { nar, visitor });
}

function* storedBytes(node: TreeNode): Generator<StoredBytes> {
  if (node.kind !== "directory") yield node;
  else for (const child of node.entries.values()) yield* storedBytes(child);
}

async function readNode(
  node: TreeNode,
  path: string,
  output: { readonly nar: NarWriter; readonly visitor: TreeVisitor },
): Promise<void> {
  const { nar, visitor } = output;
  if (node.kind === "file") return readFileNode(node, path, output);
  if (node.kind === "link") {
    const target = await node.reader.contents(node.id);
    nar.link(target);
    visitor.link?.(path, target);
    return;
  }
  nar.beginDirectory();
  visitor.directory?.(path);
  for (const [name, child] of node.entries) {
    nar.beginEntry(name);
    await readNode(child, path === "" ? name : `${path}/${name}`, output);
    nar.endEntry();
  }
  nar.endDirectory();
}

async function readFileNode(
  node: FileNode,
  path: string,
  { nar, visitor }: { readonly nar: NarWriter; readonly visitor: TreeVisitor },
): Promise<void> {
  const sink = visitor.file?.(path, node);
  nar.beginFile(node.size, node.isExecutable);
  try {
    await node.reader.stream(node.id, (bytes) => {
      nar.contents(bytes);
      sink?.write(bytes);
    });
  } finally {
    sink?.end();
  }
  nar.endFile(node.size);
}
