import type { Diagnostic } from "@firn/diagnostic";
import type { InputPath } from "@firn/input";
import type { Pin } from "@firn/lock";
import { type Ask, Overrides } from "./ask.ts";
import type { VersionAsk } from "./version-choice.ts";

/** What one pass found. */
export class WalkResult {
  readonly pins: Map<InputPath, Pin> = new Map();
  readonly asks: Map<InputPath, Ask> = new Map();
  readonly overrides: Overrides = new Overrides();
  readonly versionAsks: VersionAsk[] = [];
  /** Versions by package, of inputs whose pins were kept. */
  readonly keptVersions: Map<string, string[]> = new Map();
  /** In the order in which answers came. */
  readonly problems: { readonly path: InputPath; readonly diagnostic: Diagnostic }[] = [];
  /** Inputs that would have to be found anew, where nothing may be fetched. */
  readonly stale: Set<InputPath> = new Set();
}
