import type { Diagnostic } from "@firn/diagnostic";
import { type GitRequirement, parseSourceUrl, type Transport } from "@firn/input";
import type { Ask } from "./ask.ts";
import { forbiddenSource } from "./input-problem.ts";

/**
 * Says why the flake of an input may not name a source. The root may name any:
 * its user wrote it. A stranger's flake must not make git read this machine's
 * files, or fetch what anybody on the way could replace.
 */
export function problemOfSource(
  ask: Ask,
  { git }: GitRequirement,
  transports: readonly Transport[],
): Diagnostic | undefined {
  for (const address of [git, ...ask.mirrors]) {
    const parsed = parseSourceUrl(address);
    if (parsed.value === undefined) return forbiddenSource(ask, parsed.problem, "Correct its address");
    const { transport } = parsed.value;
    if (ask.by === "" || transports.includes(transport)) continue;
    return forbiddenSource(
      ask,
      `inputs of inputs may use ${transports.join(" and ")}, and not ${transport}`,
      `Override it in your flake.yaml, or allow it there: transports: [${[...transports, transport].join(", ")}]`,
    );
  }
  return undefined;
}
