import { isDiagnosticError, renderValue } from "@firn/diagnostic";
import { isModule, type Module } from "@firn/module-system";
import type { Exports } from "./run-chunks.ts";
import { showDiagnostic } from "./show-diagnostic.ts";
import { showPlace } from "./show-value.ts";

/** A loaded host or package: its modules, or data that says why there are none. */
export type LoadedHost =
  | { readonly modules: readonly Module[] }
  | { readonly modules?: never; readonly outcome: object };

/**
 * Loads a host, which is what it exports by default; whatever its code does,
 * there is an outcome.
 *
 * @param isPackage whether all modules that it exports count, whatever their names
 */
export function loadHost(load: () => Exports, isPackage: boolean): LoadedHost {
  try {
    const exports = load();
    const value = exports["default"];
    const exported = isPackage ? Object.values(exports) : [value];
    const modules = [...new Set(exported)].filter(isModule);
    if (modules.length > 0) return { modules };
    if ("default" in exports) return { outcome: { kind: "not-a-module", described: describe(value) } };
    return { outcome: { kind: "no-default", exported: Object.keys(exports) } };
  } catch (thrown) {
    return { outcome: showThrown(thrown) };
  }
}

function describe(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "function") return "a function";
  return Array.isArray(value) ? "a list" : `of type ${typeof value}`;
}

function showThrown(thrown: unknown): object {
  try {
    if (isDiagnosticError(thrown)) return { kind: "refused", diagnostics: thrown.diagnostics.map(showDiagnostic) };
    if (thrown instanceof Error) {
      return { kind: "threw", what: `${thrown.name}: ${thrown.message}`, ...showPlace({ capture: thrown }) };
    }
  } catch {
    // Any object can be thrown, also one that throws again when it is looked at.
  }
  return { kind: "threw", what: `It threw ${renderValue(thrown)}, which is not an Error` };
}
