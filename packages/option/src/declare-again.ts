import { combineTypes } from "./combine-types.ts";
import type { Option, OptionDeclaration } from "./option.ts";

const onceOnly = ["default", "defaultText", "example", "description", "apply"] as const;

/**
 * Merges two declarations of one option: the types are combined with every
 * constraint of both, and what can be said once only must not be said twice.
 *
 * @returns the merged declaration, or the reason why there is none
 */
export function declareAgain(first: Option, second: Option): Option | string {
  const twice = onceOnly.find((field) => first[field] !== undefined && second[field] !== undefined);
  if (twice !== undefined) return `Both declarations give "${twice}", which can be given once only`;
  const type = combineTypes(first.type, second.type);
  if (type === undefined)
    return `The types "${first.type.description}" and "${second.type.description}" cannot be merged`;
  return { ...second, ...first, type, ...strictest(first, second) };
}

/** Whatever one declaration hides or protects stays so. */
function strictest(first: OptionDeclaration, second: OptionDeclaration): Partial<OptionDeclaration> {
  return {
    ...((first.internal ?? second.internal) !== undefined && {
      internal: first.internal === true || second.internal === true,
    }),
    ...((first.visible ?? second.visible) !== undefined && {
      visible: first.visible !== false && second.visible !== false,
    }),
    ...((first.readOnly ?? second.readOnly) !== undefined && {
      readOnly: first.readOnly === true || second.readOnly === true,
    }),
  };
}
