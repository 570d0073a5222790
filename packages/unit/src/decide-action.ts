import { compareUnits } from "./compare-units.ts";
import { findValue, isFalse, isTrue, type Unit } from "./parse-unit.ts";

/** A unit before and after a switch, and what of it runs. */
export interface ChangedUnit {
  /** With its type, such as "nginx.service". */
  readonly name: string;
  /** Drop-ins applied; missing when it was not defined, or masked. */
  readonly before?: Unit;
  readonly after?: Unit;
  readonly isActive: boolean;
  /** Sockets of a service: those that are active, and whether they are there after the switch. */
  readonly sockets: readonly { readonly name: string; readonly isActive: boolean; readonly isThere: boolean }[];
}

/** What is done with a unit, and why. */
export interface UnitDecision {
  /** "stop-start": stopped before the files change and started after; "skip": it changed, and goes on as it is. */
  readonly action: "none" | "stop" | "start" | "restart" | "reload" | "stop-start" | "skip";
  /** In words, for the plan. */
  readonly why: string;
  /** Sockets that are stopped with it, and started again instead of it. */
  readonly via: readonly string[];
}

const none: UnitDecision = { action: "none", why: "", via: [] };

/** Decides what a switch does with a unit that is active before it; one that is not is left alone. */
export function decideAction(unit: ChangedUnit): UnitDecision {
  const { after, before, isActive, name } = unit;
  if (!isActive || before === undefined) return none;
  if (after === undefined) return decideRemoved(before);
  const { change, keys } = compareUnits({ before, after });
  if (change === "none") return none;
  const why = `${keys.slice(0, 3).join(", ")}${keys.length > 3 ? " and more" : ""} changed`;
  const method = findValue(after, "Unit", "X-SwitchMethod");
  if (method !== undefined) return decideByMethod(method, after, why);
  if (change === "reload") return { action: "reload", why, via: [] };
  return decideModified(unit, { after, why, type: name.slice(name.lastIndexOf(".") + 1) });
}

function decideRemoved(before: Unit): UnitDecision {
  const kept = isFalse(before, "Unit", "X-StopOnRemoval") ? "X-StopOnRemoval=false" : refusal(before, ["Stop"]);
  if (kept !== undefined) return { action: "skip", why: `it is no longer defined, and ${kept}`, via: [] };
  return { action: "stop", why: "it is no longer defined", via: [] };
}

const methods: { readonly [method: string]: UnitDecision["action"] } = {
  reload: "reload",
  restart: "restart",
  "stop-start": "stop-start",
  "stop-only": "stop",
  "keep-old": "skip",
};

function decideByMethod(method: string, after: Unit, why: string): UnitDecision {
  const refused = refusal(after, ["Stop"]);
  if (refused !== undefined) return { action: "skip", why: `${why}, and ${refused}`, via: [] };
  const action = methods[method] ?? "restart";
  const unstartable = ["restart", "stop-start"].includes(action) ? refusal(after, ["Start"]) : undefined;
  if (unstartable !== undefined) return { action: "stop", why: `${why}, and ${unstartable}`, via: [] };
  return { action, why: `${why}, and X-SwitchMethod=${method}`, via: [] };
}

/** What systemd would refuse to do with a unit when asked, and so would end the switch. */
function refusal(unit: Unit, verbs: readonly ("Start" | "Stop")[]): string | undefined {
  const verb = verbs.find((each) => isTrue(unit, "Unit", `RefuseManual${each}`));
  return verb === undefined ? undefined : `RefuseManual${verb}=true`;
}

interface Modified {
  readonly after: Unit;
  readonly why: string;
  readonly type: string;
}

function decideModified(unit: ChangedUnit, modified: Modified): UnitDecision {
  const { after, type, why } = modified;
  if (type === "service" && isSet(after, "X-ReloadIfChanged")) return { action: "reload", why, via: [] };
  const skip = skipReason(after, type);
  if (skip !== undefined) return { action: "skip", why: `${why}, and ${skip}`, via: [] };
  switch (type) {
    case "target":
      return decideTarget(after, why);
    // Reading the files anew is all it takes.
    case "path":
    case "slice":
      return none;
    case "mount":
    case "automount":
      return { action: ["-.mount", "nix.mount"].includes(unit.name) ? "reload" : "restart", why, via: [] };
    case "service":
      return decideService(unit, modified);
    // A socket cannot be made anew while its service holds it: whoever restarts the service restarts both.
    case "socket":
      return { action: "restart", why, via: [] };
    default:
      return { action: "restart", why, via: [] };
  }
}

/** Starting a target that is active starts what it newly wants. */
function decideTarget(after: Unit, why: string): UnitDecision {
  if (refusal(after, ["Start"]) !== undefined || isTrue(after, "Unit", "X-OnlyManualStart")) return none;
  const isStopped = isTrue(after, "Unit", "X-StopOnReconfiguration");
  return { action: isStopped ? "stop-start" : "start", why, via: [] };
}

function skipReason(after: Unit, type: string): string | undefined {
  if (["target", "path", "slice", "mount", "automount"].includes(type)) return undefined;
  const section = type === "service" ? "Service" : "Unit";
  if (isFalse(after, section, "X-RestartIfChanged") || isFalse(after, "Unit", "X-RestartIfChanged"))
    return "X-RestartIfChanged=false";
  const refused = refusal(after, ["Stop", "Start"]);
  if (refused !== undefined) return refused;
  return isTrue(after, "Unit", "X-OnlyManualStart") ? "X-OnlyManualStart=true" : undefined;
}

function decideService({ sockets }: ChangedUnit, { after, why }: Modified): UnitDecision {
  if (isFalse(after, "Service", "X-StopIfChanged") || isFalse(after, "Unit", "X-StopIfChanged"))
    return { action: "restart", why, via: [] };
  const active = sockets.filter(({ isActive, isThere }) => isActive && isThere).map(({ name }) => name);
  if (active.length === 0 || isSet(after, "X-NotSocketActivated")) return { action: "stop-start", why, via: [] };
  return { action: "stop-start", why: `${why}; ${active.join(", ")} starts it again`, via: active };
}

/** NixOS reads these keys in [Service], where others look for them in [Unit]. */
function isSet(unit: Unit, key: string): boolean {
  return isTrue(unit, "Service", key) || isTrue(unit, "Unit", key);
}
