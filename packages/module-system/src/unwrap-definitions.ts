import { type Definition, discharge } from "@firn/definition";
import type { OptionNode } from "./graph.ts";

/** Unwraps an option's definitions for explanations, when nothing is to be reported. */
export function unwrapDefinitions(node: OptionNode, dropped?: (definition: Definition) => void): Definition[] {
  const found: Definition[] = [];
  for (const definition of node.definitions()) {
    discharge(definition, found, {
      force: (compute) => compute(),
      badCondition: () => undefined,
      ...(dropped && { dropped }),
    });
  }
  return found;
}
