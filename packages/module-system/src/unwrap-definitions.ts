import { type Definition, discharge } from "@firn/definition";
import type { OptionNode } from "./graph.ts";
import { isSuspension } from "./tracker.ts";

/** Unwraps an option's definitions for explanations, when nothing is to be reported. */
export function unwrapDefinitions(node: OptionNode, dropped?: (definition: Definition) => void): Definition[] {
  const found: Definition[] = [];
  for (const definition of node.definitions()) {
    try {
      discharge(definition, found, {
        force: (compute) => compute(),
        badCondition: () => undefined,
        ...(dropped && { dropped }),
      });
    } catch (thrown) {
      if (isSuspension(thrown)) throw thrown;
      found.push(definition); // What cannot be unwrapped stands for itself.
    }
  }
  return found;
}
