import type { CheckStep, HookStep, Plan } from "@firn/plan";
import { quote } from "./shell-text.ts";

/** Writes the lines that run checks; `otherwise` is called with a text when one does not succeed in its time. */
export function checkLines(checks: readonly CheckStep[], otherwise: "refuse" | "fail"): string[] {
  return checks.flatMap(({ name, run, timeout }) => [
    "tries=0",
    `until sh -c ${quote(run)} </dev/null 9>&-; do`,
    `  tries=$((tries + 1))`,
    `  [ "$tries" -le ${Math.ceil(timeout)} ] || ${otherwise} ${quote(`the check "${name}" does not succeed`)}`,
    "  sleep 1",
    "done",
  ]);
}

/** Writes the lines that run hooks. */
export function hookLines({ hooks }: Plan): string[] {
  return hooks.flatMap((hook) => [
    ...openState(hook),
    `${runHook(hook, hook.run)} || fail ${quote(`the hook "${hook.name}" failed`)}`,
  ]);
}

/** Writes the lines that take back what hooks did. */
export function revertHookLines({ hooks }: Plan): string[] {
  return hooks.flatMap((hook) =>
    hook.revert === undefined
      ? []
      : [...openState(hook), `${runHook(hook, hook.revert)} || bad ${quote(`The hook "${hook.name}" failed`)}`],
  );
}

/** Writes the lines that remove folders of hooks in which nothing is. */
export function forgetHookLines({ hooks }: Plan): string[] {
  return hooks.length === 0
    ? []
    : [...hooks.map(stateOf), '"$S"/hooks'].map((folder) => `rmdir -- ${folder} 2>/dev/null || :`);
}

function stateOf({ name, user }: HookStep): string {
  return `"$S"/hooks/${quote(user === undefined ? name : `${user}-${name}`)}`;
}

function openState(hook: HookStep): string[] {
  const { user } = hook;
  return [
    `mkdir -p -m 0755 -- "$S"/hooks && mkdir -p -m 0700 -- ${stateOf(hook)}`,
    ...(user === undefined ? [] : [`chown ${quote(user)} -- ${stateOf(hook)}`]),
  ];
}

function runHook(hook: HookStep, command: string): string {
  const runner = hook.user === undefined ? "" : `runuser -u ${quote(hook.user)} -- `;
  return `FIRN_HOOK_STATE=${stateOf(hook)} ${runner}sh -c ${quote(command)} </dev/null 9>&-`;
}
