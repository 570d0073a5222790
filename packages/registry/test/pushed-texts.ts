import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDiagnosticError } from "@firn/diagnostic";
import type { PushedContent } from "@firn/registry";
import { openStore, type Store } from "@firn/store";

/** Texts as files, and stores to pull them into. */
export class PushedTexts {
  readonly folder: string = mkdtempSync(join(tmpdir(), "firn-pushed-"));
  #stores = 0;

  /** Makes a content of each text, named by its first word. */
  contents(...texts: readonly string[]): PushedContent[] {
    return texts.map((text) => {
      const sha256 = hashOf(text);
      const file = join(this.folder, sha256);
      writeFileSync(file, text);
      const name = /^\w*/.exec(text)?.[0] ?? "";
      return { sha256, file, name, size: Buffer.byteLength(text), mediaType: "text/plain" };
    });
  }

  /** A store that has nothing. */
  store(): Store {
    return openStore(join(this.folder, `store-${this.#stores++}`));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Hashes a text as registries do. */
export function hashOf(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The problem that work has: its code, what it says, why, and the fix; ports left out. */
export async function problemOf(work: Promise<unknown>): Promise<string[]> {
  try {
    await work;
  } catch (thrown) {
    if (!isDiagnosticError(thrown)) throw thrown;
    return thrown.diagnostics
      .flatMap(({ code, fix = "", message, why = [] }) => [`${code}: ${message}`, ...why, fix])
      .map((line) => line.replaceAll(/127\.0\.0\.1:\d+/g, "host"));
  }
  return [];
}
