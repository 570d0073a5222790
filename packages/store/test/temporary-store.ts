import { createHash } from "node:crypto";
import { lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type GenerationLink, type GenerationParts, type GenerationToBuild, openStore, type Store } from "@firn/store";

/** Texts of a generation by path: "+ " before one makes it executable, "- " private. */
export type Texts = Readonly<Record<string, string>>;

/** A store in a folder of its own, and which contents it asked for. */
export class TemporaryStore {
  readonly root: string = mkdtempSync(join(tmpdir(), "firn-store-"));
  readonly store: Store = openStore(this.at());
  readonly asked: string[] = [];
  readonly #generations = new Map<string, GenerationParts>();

  /** Path of something in the store. */
  at(...below: readonly string[]): string {
    return join(this.root, "store", ...below);
  }

  /** Builds a generation of texts; tells whether it had to. */
  build(name: string, texts: Texts, store: Store = this.store): boolean {
    return store.build(this.generation(name, texts));
  }

  /** What a generation of texts is made of. Its manifest is its name. */
  generation(name: string, texts: Texts, links: readonly GenerationLink[] = []): GenerationToBuild {
    const contents = new Map(Object.values(texts).map((text) => [hashOf(contentOf(text)), contentOf(text)]));
    const files = Object.entries(texts).map(([path, text]) => ({
      path,
      hash: hashOf(contentOf(text)),
      isExecutable: text.startsWith("+ "),
      isPrivate: text.startsWith("- "),
    }));
    this.#generations.set(name, { files, links });
    const read = (hash: string): string => {
      this.asked.push(contents.get(hash) ?? "");
      return contents.get(hash) ?? "";
    };
    return { name, manifest: name, files, links, read };
  }

  /** Path of the object with a content. */
  object(text: string, suffix = ""): string {
    const hash = hashOf(text);
    return this.at("objects", hash.slice(0, 2), `${hash}${suffix}`);
  }

  /** Verifies the store, and repairs it when there are texts; says what is wrong by path, with "repaired" where it is. */
  verify(texts?: readonly string[]): string[] {
    const { damages } = this.store.verify({
      contentsOf: (manifest, name) => (manifest === name ? this.#generations.get(name) : undefined),
      ...(texts && { findContent: (hash: string) => texts.find((text) => hashOf(text) === hash) }),
    });
    const short = (path: string): string => path.replace(/^objects\/..\/([0-9a-f]{6})[0-9a-f]*/, "object $1");
    return damages.map(({ isRepaired, path, what }) => `${short(path)}: ${what}${isRepaired ? ", repaired" : ""}`);
  }

  /** Lists all there is: path, mode, number of names, time and content. */
  list(): string[] {
    return readdirSync(this.at(), { recursive: true, withFileTypes: true })
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        const { mode, mtimeMs, nlink } = lstatSync(path);
        const more = entry.isFile() ? ` ${nlink} ${mtimeMs} ${readFileSync(path, "utf8")}` : "";
        return `${path.slice(this.at().length + 1)} ${mode.toString(8)}${more}`;
      })
      .toSorted();
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

function contentOf(text: string): string {
  return text.replace(/^[-+] /, "");
}

/** Hashes a text as the store does. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
