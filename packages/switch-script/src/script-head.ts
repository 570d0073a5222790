import type { Plan } from "@firn/plan";
import type { Switching } from "./switching.ts";
import { comment, quote } from "./shell-text.ts";

/** Writes the first lines of a script: what it is, and the names that it uses. */
export function scriptHead({ plan }: Switching, purpose: string): string[] {
  const { root, state } = plan.scope;
  const isMachine = root === "/";
  return [
    "#!/bin/sh",
    comment(purpose),
    "umask 022",
    "# Whoever reads what it prints may be gone; it goes on all the same.",
    "trap 'exec >/dev/null 2>&1' PIPE",
    "LC_ALL=C; export LC_ALL",
    ...(isMachine ? [] : [`R=${quote(root)}`]),
    `S=${isMachine ? "" : '"$R"'}${quote(state)}`,
    ...(plan.to === undefined ? [] : [`G="$S"/store/generations/${quote(plan.to.name)}`]),
  ];
}

/** Writes the lines that have one switch run at a time; `otherwise` is called with a text when there is another. */
export function lockLines(otherwise: string): string[] {
  return [
    "# One switch at a time; whoever runs this may hold the lock already.",
    `if [ -z "\${FIRN_LOCKED:-}" ]; then`,
    `  exec 9>>"$S"/lock`,
    `  flock -n 9 || ${otherwise} "another switch is under way"`,
    "  FIRN_LOCKED=1; export FIRN_LOCKED",
    "fi",
  ];
}

/** Says in words what a plan is for. */
export function describePlan({ host, to, scope }: Plan): string {
  const what = scope.kind === "user" ? `the home of ${scope.user?.name ?? "a user"} for ${host}` : host;
  return to === undefined ? `${what} to what it was without Firn` : `${what} to generation ${to.name}`;
}
