import { type Diagnostic, renderValue } from "@firn/diagnostic";

/** Says that the condition of a mkIf is not a boolean, and how it becomes one. */
export function conditionProblem(condition: unknown, about = ""): Pick<Diagnostic, "code" | "message" | "fix"> {
  return {
    code: "bad-condition",
    message: `Cannot use ${renderValue(condition)} as the condition of mkIf${about}: it is not a boolean`,
    fix: adviseCondition(condition),
  };
}

function adviseCondition(condition: unknown): string {
  switch (typeof condition) {
    case "string":
      return 'Compare explicitly, for example value !== ""';
    case "number":
      return "Compare explicitly, for example value > 0";
    case "undefined":
      return "Compare explicitly, for example value !== undefined";
    case "function":
      return "Call the function, or let it be called later: mkIf(lazy(() => …), …)";
    default:
      return Array.isArray(condition)
        ? "Compare explicitly, for example value.length > 0"
        : "Compare explicitly, for example value !== null";
  }
}
