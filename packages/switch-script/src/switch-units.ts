import type { Plan, UnitStep } from "@firn/plan";
import { quote, callWith } from "./shell-text.ts";

// A manager is that of the system, or of one user; `manager` in a script is the
// call of systemctl for it.

/** Writes the lines that stop what is stopped before files change. */
export function stopUnits(plan: Plan): string[] {
  const steps = plan.units.filter(({ action, isSplit }) => action === "stop" || isSplit === true);
  return steps.length === 0 ? [] : [`: > "$S"/journal/units-stopped`, ...forManagers(plan, steps, "on_units stop")];
}

/** Writes the lines by which managers read their units anew. */
export function reloadManagers(plan: Plan): string[] {
  return plan.reloadedManagers.flatMap((user) => [
    chooseManager(plan, user === "" ? undefined : user),
    "$manager daemon-reload 9>&-",
  ]);
}

/** Writes the lines that reload, restart and start units, in this order. */
export function startUnits(plan: Plan): string[] {
  const reloaded = plan.units.filter(({ action }) => action === "reload");
  const restarted = plan.units.filter(({ action, isSplit }) => action === "restart" && isSplit !== true);
  const started = plan.units.filter(({ action, isSplit }) => action === "start" || (action === "restart" && isSplit));
  const fresh = [...restarted, ...started];
  if (reloaded.length + fresh.length === 0) return [];
  return [
    `: > "$S"/journal/units-started`,
    ...forManagers(plan, fresh, "forget_failure"),
    ...forManagers(plan, reloaded, "on_units reload"),
    ...forManagers(plan, restarted, "on_units restart"),
    ...forManagers(plan, started, "on_units start"),
  ];
}

/** Writes the lines that look whether what must run does, a second after it was started. */
export function proofLines(plan: Plan): string[] {
  const steps = plan.units.filter(({ mustRun }) => mustRun);
  return steps.length === 0 ? [] : ["sleep 1", ...forManagers(plan, steps, "prove")];
}

/** Writes the lines that stop, on the way back, what did not run before. */
export function revertStops(plan: Plan): string[] {
  return when("units-started", forManagers(plan, startedAnew(plan), "  ask_units stop"));
}

function startedAnew({ units }: Plan): UnitStep[] {
  return units.filter(({ action, wasActive }) => !wasActive && (action === "start" || action === "restart"));
}

/** Writes the lines that have run again, on the way back, what ran before. */
export function revertStarts(plan: Plan): string[] {
  const before = plan.units.filter(({ wasActive }) => wasActive);
  const stopped = before.filter(({ action, isSplit }) => action === "stop" || isSplit === true);
  const restarted = before.filter(({ action }) => action === "restart");
  const reloaded = before.filter(({ action }) => action === "reload");
  const fresh = plan.units.filter(({ action }) => action === "start" || action === "restart");
  return [
    ...when("units-started", [
      // One that refuses to be stopped by hand is stopped once it is no longer defined.
      ...forManagers(plan, startedAnew(plan), "  stop_left"),
      // A unit that is gone is remembered as long as it is failed.
      ...forManagers(plan, fresh, "  forget_failure"),
      ...forManagers(plan, restarted, "  try_units restart"),
      ...forManagers(plan, reloaded, "  try_units reload"),
    ]),
    ...when("units-stopped", forManagers(plan, stopped, "  try_units start")),
  ];
}

function when(marker: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`if [ -e "$S"/journal/${marker} ]; then`, ...lines, "fi"];
}

/** Sockets come first: systemd starts none whose service runs already. */
function forManagers(plan: Plan, steps: readonly UnitStep[], call: string): string[] {
  const users = [...new Set(steps.map(({ user }) => user))].toSorted((a, b) => ((a ?? "") < (b ?? "") ? -1 : 1));
  const indent = call.startsWith(" ") ? "  " : "";
  return users.flatMap((user) => {
    const units = steps
      .filter((step) => step.user === user)
      .map(({ unit }) => unit)
      .toSorted((a, b) => Number(b.endsWith(".socket")) - Number(a.endsWith(".socket")))
      .map(quote);
    return [indent + chooseManager(plan, user), ...callWith(call, units)];
  });
}

function chooseManager(plan: Plan, user: string | undefined): string {
  if (plan.scope.kind === "user") return `manager="systemctl --user"`;
  if (user === undefined) return "manager=systemctl";
  const name = quote(user);
  return `manager="runuser -u ${name} -- env XDG_RUNTIME_DIR=/run/user/$(id -u ${name}) systemctl --user"`;
}
