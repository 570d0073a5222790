import {
  applyDropIns,
  decideAction,
  findValue,
  isFalse,
  isTrue,
  parseUnit,
  type Unit,
  type UnitDecision,
} from "@firn/unit";
import type { ManagerState, UnitState } from "./actual.ts";
import type { UnitStep } from "./plan.ts";
import type { Planning } from "./planning.ts";
import type { SwitchRecord } from "./record.ts";
import { globalUserUnits, homeUnits, systemUnits, type UnitFiles, type Units, usersWithUnits } from "./unit-files.ts";

/** What happens to units. */
export interface UnitPlan {
  readonly steps: readonly UnitStep[];
  /** Users whose managers read their units anew; "" is the system's. */
  readonly reloadedManagers: readonly string[];
  readonly ranBefore: SwitchRecord["ranBefore"];
}

/** Plans what happens to units: of the system, and of the users whose managers run. */
export function planUnits(planning: Planning): UnitPlan {
  const { actual, desired, last, record, scope } = planning;
  const plans: ManagerPlan[] = [];
  const system = actual.managers.find(({ user }) => user === undefined);
  if (scope.kind === "system" && system !== undefined) {
    const lists = { before: systemUnits(last?.manifest), after: systemUnits(desired) };
    plans.push(planManager({ planning, manager: system, ranBefore: record.ranBefore[""] ?? [], ...lists }));
  }
  for (const user of usersWithUnits(scope, desired, last?.manifest)) {
    const manager = actual.managers.find((each) => each.user === user);
    if (manager === undefined) continue;
    const unitsOf = (manifest: typeof desired): Units => {
      const shared = scope.kind === "system" ? globalUserUnits(manifest) : [];
      return new Map([...shared, ...homeUnits(manifest, user)]);
    };
    const lists = { before: unitsOf(last?.manifest), after: unitsOf(desired) };
    plans.push(planManager({ planning, manager, ranBefore: record.ranBefore[user] ?? [], ...lists }));
  }
  return {
    steps: plans.flatMap(({ steps }) => steps),
    reloadedManagers: plans.filter(({ isReloaded }) => isReloaded).map(({ user }) => user),
    ranBefore: Object.fromEntries(
      plans.filter(({ ranBefore }) => ranBefore.length > 0).map(({ ranBefore, user }) => [user, ranBefore]),
    ),
  };
}

interface ManagerPlan {
  readonly user: string;
  readonly steps: readonly UnitStep[];
  readonly isReloaded: boolean;
  readonly ranBefore: readonly string[];
}

interface ManagerPlanning {
  readonly planning: Planning;
  readonly manager: ManagerState;
  readonly before: Units;
  readonly after: Units;
  readonly ranBefore: readonly string[];
}

function planManager(given: ManagerPlanning): ManagerPlan {
  const { after, before, manager, ranBefore } = given;
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted();
  const changed = names.filter((name) => JSON.stringify(before.get(name)) !== JSON.stringify(after.get(name)));
  const ran = new Set(ranBefore.filter((name) => after.has(name)));
  const steps = names.flatMap((name): UnitStep[] => {
    const unit = viewUnit(given, name);
    if (!before.has(name) && unit.isActive) ran.add(name);
    return changed.includes(name) ? planUnit(given, unit) : [];
  });
  return {
    user: manager.user ?? "",
    steps: mergeSteps(steps),
    isReloaded: changed.length > 0,
    ranBefore: [...ran].toSorted(),
  };
}

/** A unit can have a step of its own and one for the sake of another; stopping before and starting after does for both. */
function mergeSteps(steps: readonly UnitStep[]): UnitStep[] {
  const byUnit = new Map<string, UnitStep>();
  for (const step of steps) {
    const known = byUnit.get(step.unit);
    if (known === undefined || (known.isSplit !== true && step.isSplit === true)) byUnit.set(step.unit, step);
  }
  return [...byUnit.values()];
}

/** A unit before and after the switch, with what the distribution has of it. */
interface UnitView {
  readonly name: string;
  readonly before: Unit | undefined;
  readonly after: Unit | undefined;
  readonly files: { readonly before: UnitFiles | undefined; readonly after: UnitFiles | undefined };
  readonly state: UnitState | undefined;
  readonly isActive: boolean;
}

function viewUnit({ after, before, manager, planning }: ManagerPlanning, name: string): UnitView {
  const state = manager.units[name];
  const files = { before: before.get(name), after: after.get(name) };
  // What the distribution has: the file that ours hides, or the one in use where we have none.
  const foreign = state?.hidden?.text ?? (files.before?.file === undefined ? state?.text : undefined);
  const parse = (unit: UnitFiles | undefined): Unit | undefined => readUnit(unit, foreign, planning);
  const isActive = ["active", "activating", "reloading"].includes(state?.active ?? "");
  return { name, files, state, isActive, before: parse(files.before), after: parse(files.after) };
}

function readUnit(files: UnitFiles | undefined, foreign: string | undefined, { contents }: Planning): Unit | undefined {
  if (files?.file === "masked") return undefined;
  const text = files?.file === undefined ? foreign : contents(files.file);
  if (text === undefined) return undefined;
  return applyDropIns(
    parseUnit(text).unit,
    (files?.dropIns ?? []).map((hash) => contents(hash) ?? ""),
  );
}

function planUnit(given: ManagerPlanning, view: UnitView): UnitStep[] {
  const { after, isActive, name } = view;
  const base = {
    unit: name,
    wasActive: isActive,
    ...(given.manager.user !== undefined && { user: given.manager.user }),
  };
  if (!isActive) {
    const why = startReason(given, view);
    return why === undefined ? [] : [{ action: "start", why, mustRun: mustRun(name, after), ...base }];
  }
  const decision = decideAction({ name, isActive, sockets: socketsOf(given, name), ...definedOnly(view) });
  return stepOf(given, view, { base, decision });
}

function definedOnly({ after, before }: UnitView): { before?: Unit; after?: Unit } {
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

type Base = Pick<UnitStep, "unit" | "wasActive" | "user">;

function stepOf(
  given: ManagerPlanning,
  { after, files, name }: UnitView,
  { base, decision }: { base: Base; decision: UnitDecision },
): UnitStep[] {
  const { action, via, why } = decision;
  const isForgotten = files.after === undefined;
  // It ran only because Firn started it: the distribution's definition stays, and it stops.
  if (isForgotten && after !== undefined && !given.ranBefore.includes(name))
    return [{ action: "stop", why: "it is no longer defined", mustRun: false, ...base }];
  switch (action) {
    case "none":
      return [];
    case "start":
    case "stop":
    case "skip":
    case "reload":
      return [{ action, why, mustRun: action === "reload", ...base }];
    case "restart":
      return name.endsWith(".socket")
        ? restartSocket(given, { base, why })
        : [{ action, why, mustRun: mustRun(name, after), ...base }];
    default:
      return via.length === 0 ? [restartSplit(base, why, mustRun(name, after))] : stopForSockets(base, { via, why });
  }
}

function restartSplit(base: Base, why: string, hasToRun: boolean): UnitStep {
  return { action: "restart", why, mustRun: hasToRun, ...base, isSplit: true };
}

/** Whoever asks next starts the service, in its new form; its sockets may not start the old one meanwhile. */
function stopForSockets(base: Base, { via, why }: { via: readonly string[]; why: string }): UnitStep[] {
  const sockets = via.map((unit) =>
    restartSplit({ ...base, unit, wasActive: true }, `${base.unit} changed, which it starts`, true),
  );
  return [{ action: "stop", why, mustRun: false, ...base }, ...sockets];
}

/** systemd starts no socket whose service runs, so that both stop first. */
function restartSocket(given: ManagerPlanning, { base, why }: { base: Base; why: string }): UnitStep[] {
  const service = base.unit.replace(/\.socket$/, ".service");
  const { after, isActive } = viewUnit(given, service);
  if (!isActive || after === undefined) return [{ action: "restart", why, mustRun: true, ...base }];
  if (isFalse(after, "Service", "X-RestartIfChanged") || isFalse(after, "Unit", "X-RestartIfChanged")) {
    return [{ action: "skip", why: `${why}, and ${service} has X-RestartIfChanged=false`, mustRun: false, ...base }];
  }
  const running = restartSplit(
    { ...base, unit: service },
    `${base.unit} changed, which waits for it`,
    mustRun(service, after),
  );
  return [restartSplit(base, why, true), running];
}

/** A service that ends by itself need not run. */
function mustRun(name: string, unit: Unit | undefined): boolean {
  if (!name.endsWith(".service") || unit === undefined) return name.endsWith(".timer") || name.endsWith(".socket");
  return findValue(unit, "Service", "Type") !== "oneshot" || isTrue(unit, "Service", "RemainAfterExit");
}

/** What is newly wanted by something that runs is started. */
function startReason({ before, manager }: ManagerPlanning, { after, files, name }: UnitView): string | undefined {
  if (files.after === undefined || files.after.file === "masked" || after === undefined) return undefined;
  const known = before.get(name)?.wantedBy ?? [];
  const wanting = files.after.wantedBy.find(
    (target) => !known.includes(target) && manager.units[target]?.active === "active",
  );
  if (wanting === undefined || isTrue(after, "Unit", "RefuseManualStart") || isTrue(after, "Unit", "X-OnlyManualStart"))
    return undefined;
  return known.length === 0 && before.get(name) === undefined
    ? `it is new, and ${wanting} wants it`
    : `${wanting} wants it`;
}

function socketsOf(
  { after, manager }: ManagerPlanning,
  name: string,
): { name: string; isActive: boolean; isThere: boolean }[] {
  if (!name.endsWith(".service")) return [];
  const socket = name.replace(/\.service$/, ".socket");
  const state = manager.units[socket];
  if (state === undefined || (state.load === "not-found" && !after.has(socket))) return [];
  return [{ name: socket, isActive: state.active === "active", isThere: after.has(socket) || state.load === "loaded" }];
}
