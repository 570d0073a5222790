import { disarmBoot } from "./boot-unit.ts";
import type { Switching } from "./switching.ts";
import { describePlan, scriptHead } from "./script-head.ts";
import { forgetPackages } from "./switch-packages.ts";
import { callWith, quote } from "./shell-text.ts";

/** Writes the script that removes what only going back would have needed; it can run any number of times. */
export function cleanScript(switching: Switching): string {
  const { names, plan } = switching;
  const given = plan.files.flatMap(({ after }) => (after.kind === "kept" ? [after.id] : []));
  const before = names.installedBefore;
  return `${[
    ...scriptHead(switching, `Ends the switch of ${describePlan(plan)}.`),
    // Read whole before it runs, since it removes itself.
    "set -eu",
    "{",
    `[ -d "$S"/committed ] || exit 0`,
    ...disarmBoot(plan.scope, "committed"),
    ...(before === undefined ? [] : [`rm -rf -- "$S"/installed/${quote(before)}`]),
    ...callWith(
      "rm -rf --",
      given.map((id) => `"$S"/kept/${quote(id)}`),
    ),
    ...(plan.to === undefined ? [`rm -rf -- "$S"/hooks`, `rmdir --ignore-fail-on-non-empty -- "$S"/installed`] : []),
    `[ ! -d "$S"/kept ] || rmdir --ignore-fail-on-non-empty -- "$S"/kept`,
    ...forgetPackages(switching, "after"),
    `mv -T -- "$S"/committed "$S"/ended`,
    `rm -rf -- "$S"/ended`,
    "exit 0",
    "}",
  ].join("\n")}\n`;
}
