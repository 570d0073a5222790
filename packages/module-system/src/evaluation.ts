import type { Diagnostic } from "@firn/diagnostic";
import { NO_VALUE } from "@firn/option";
import { type Explanation, explainOption } from "./explain.ts";
import { findOption, type Found } from "./find-option.ts";
import type { Scope } from "./graph.ts";
import { type MemberOrigin, memberOrigins } from "./member-origins.ts";
import type { GraphNode } from "./module-list.ts";
import type { OptionInfo } from "./option-info.ts";
import { listOptions, type OptionEntry } from "./option-list.ts";
import { NodeInfo } from "./options-view.ts";
import { plainValue } from "./plain-value.ts";
import { readOption } from "./config-view.ts";

interface Result {
  readonly scope: Scope;
  readonly diagnostics: readonly Diagnostic[];
  readonly drawGraph: () => readonly GraphNode[];
  readonly rounds: number;
}

/** The result of evaluating modules. `C` is the type of the configuration. */
export class Evaluation<out C = unknown> {
  /** The configuration; reading an option that has no value throws a DiagnosticError. */
  readonly config: C;
  /** Errors first, then warnings. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many rounds it took until nothing changed. */
  readonly rounds: number;
  readonly #scope: Scope;
  readonly #drawGraph: () => readonly GraphNode[];

  constructor({ scope, diagnostics, drawGraph, rounds }: Result) {
    this.config = scope.root.view as C; // The view shows what the shape of the modules says.
    this.#scope = scope;
    this.diagnostics = diagnostics;
    this.#drawGraph = drawGraph;
    this.rounds = rounds;
  }

  /** The modules as they import each other, those that are disabled included. */
  get graph(): readonly GraphNode[] {
    return this.#drawGraph();
  }

  /** Finds what stands at a path, also inside submodules; undefined when no option or set does. */
  find(path: readonly string[]): Found | undefined {
    return findOption(this.#scope, path);
  }

  /** Reads the value at a path as plain data; undefined when there is none. */
  value(path: readonly string[]): unknown {
    const found = this.find(path);
    if (found === undefined) return undefined;
    if (found.kind === "group") return plainValue(found.group.view);
    const value = found.rest.reduce<unknown>((inner, part) => memberOf(inner, part), readOption(found.node));
    return plainValue(value);
  }

  /** Tells what is known of the option at a path. */
  option(path: readonly string[]): OptionInfo | undefined {
    const found = this.find(path);
    return found?.kind === "option" && found.rest.length === 0 ? new NodeInfo(found.node) : undefined;
  }

  /** Tells whether the option at a path has a value. */
  hasValue(path: readonly string[]): boolean {
    const found = this.find(path);
    return found?.kind === "option" && found.node.value !== NO_VALUE;
  }

  /** Says where the value at a path comes from. */
  explain(path: readonly string[]): Explanation | undefined {
    const found = this.find(path);
    return found && explainOption(found);
  }

  /** Lists the definitions of the members of the option at a path; none when there is no such option. */
  members(path: readonly string[]): readonly MemberOrigin[] {
    const found = this.find(path);
    return found?.kind === "option" && found.rest.length === 0 ? memberOrigins(found.node) : [];
  }

  /** Lists all declared options, those of submodules under a placeholder. */
  options(): OptionEntry[] {
    return listOptions(this.#scope.shape);
  }
}

function memberOf(value: unknown, part: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, part) : undefined;
}
