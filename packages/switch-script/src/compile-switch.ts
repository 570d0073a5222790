import type { Plan, PlanDetails } from "@firn/plan";
import { applyScript } from "./apply-script.ts";
import { cleanScript } from "./clean-script.ts";
import { checksumList } from "./guard-lines.ts";
import { revertScript } from "./revert-script.ts";
import type { SwitchNames } from "./switching.ts";

/** The scripts of a switch, and what they find beside them in the folder `journal`. */
export interface SwitchScripts {
  /** Carries the plan out; exits with 0 when it is proved, 1 when nothing was changed, 3 when it went back, 4 when it is neither. */
  readonly apply: string;
  /** Takes it back from wherever it was killed; with the argument "boot" without units and hooks. */
  readonly revert: string;
  /** Removes what only going back would have needed. */
  readonly clean: string;
  /** Further files by name; none is for every eye. */
  readonly staged: { readonly [name: string]: string };
}

/** Compiles a plan that is not empty. */
export function compileSwitch(plan: Plan, details: PlanDetails, names: SwitchNames): SwitchScripts {
  const { accountFiles, accountFilesBefore } = details;
  const switching = { plan, names, accounts: Object.keys(accountFiles).toSorted() };
  return {
    apply: applyScript(switching),
    revert: revertScript(switching),
    clean: cleanScript(switching),
    staged: {
      checksums: checksumList(plan.files, plan.scope.root),
      ...stageTexts("account-", accountFiles),
      ...stageTexts("account-before-", accountFilesBefore),
    },
  };
}

function stageTexts(prefix: string, texts: { readonly [name: string]: string | undefined }): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([name, text]) => (text === undefined ? [] : [[prefix + name, text]])),
  );
}
