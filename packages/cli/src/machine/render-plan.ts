import { renderText } from "@firn/diagnostic";
import type { FileAction, FileStep, Plan, UnitAction } from "@firn/plan";
import { counted } from "../counted.ts";
import { causeOf, type Entry, type PlanRendering } from "./plan-rendering.ts";
import { packageLines, packagesTitle } from "./render-packages.ts";
import { treeLines, treesTitle } from "./render-trees.ts";
import type { Paint } from "../terminal.ts";
import { keysOfPath, keysOfUnit } from "./step-keys.ts";

/** How much is shown of each list, and of each content, unless all is. */
const most = { steps: 12, lines: 8 };

/** Renders a plan for people; every line of it has been made fit for a terminal. */
export function renderPlan(plan: Plan, rendering: PlanRendering): string {
  const groups = [
    ...renderGroup("In the way", collisionLines(plan, rendering), rendering),
    ...renderGroup(title("Files", plan), fileLines(plan, rendering), rendering),
    ...renderGroup("Accounts", accountLines(plan, rendering), rendering),
    ...renderGroup(packagesTitle(plan), packageLines(plan, rendering), rendering),
    ...renderGroup(treesTitle, treeLines(plan, rendering), rendering),
    ...renderGroup("Units", unitLines(plan, rendering), rendering),
    ...renderGroup("Hooks", hookLines(plan, rendering), rendering),
    ...renderGroup("Checks", checkLines(plan), rendering),
  ];
  return groups.join("\n");
}

function renderGroup(heading: string, entries: readonly Entry[], { isWhole, paint }: PlanRendering): string[] {
  if (entries.length === 0) return [];
  const shown = isWhole || entries.length <= most.steps + 1 ? entries : entries.slice(0, most.steps);
  const rest = entries.length - shown.length;
  return [
    paint("bold", heading),
    ...shown.flatMap(({ below = [], line }) => [`  ${line}`, ...below.map((each) => `      ${each}`)]),
    ...(rest > 0 ? [paint("dim", `  … and ${rest} more; --all shows them`)] : []),
  ];
}

const signs: { readonly [A in FileAction]: readonly [string, "green" | "red" | "yellow"] } = {
  add: ["+", "green"],
  change: ["~", "yellow"],
  adjust: ["~", "yellow"],
  remove: ["-", "red"],
  "take-over": ["!", "yellow"],
  "give-back": ["<", "green"],
  repair: ["*", "yellow"],
};

function title(name: string, { files }: Plan): string {
  const words: [string, string][] = [
    ["add", "added"],
    ["change", "changed"],
    ["adjust", "with another mode or owner"],
    ["take-over", "taken over"],
    ["give-back", "given back"],
    ["repair", "repaired"],
    ["remove", "removed"],
  ];
  const parts = words.flatMap(([action, word]) => {
    const count = files.filter((step) => step.action === action && !isDirectoryOnly(step)).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  return parts.length === 0 ? name : `${name}: ${parts.join(", ")}`;
}

/** A directory that only leads to a file says nothing that the file does not. */
function isDirectoryOnly({ action, after, before }: FileStep): boolean {
  return (action === "add" && after.kind === "directory") || (action === "remove" && before.kind === "directory");
}

function fileLines({ files }: Plan, rendering: PlanRendering): Entry[] {
  const shown = rendering.isWhole ? files : files.filter((step) => !isDirectoryOnly(step));
  return shown.map((step) => fileLine(step, rendering));
}

function fileLine(step: FileStep, rendering: PlanRendering): Entry {
  const { isWhole, paint } = rendering;
  const [sign, color] = signs[step.action];
  const diff = rendering.diffOf(step) ?? [];
  const lines = isWhole || diff.length <= most.lines + 1 ? diff : [...diff.slice(0, most.lines), "…"];
  return {
    line: `${paint(color, sign)} ${renderText(step.path)}${describeStep(step)}${causeOf(keysOfPath(step.path, step.user), rendering)}`,
    below: lines.map((line) => paintLine(line, paint)),
  };
}

function describeStep({ action, after, before, keep }: FileStep): string {
  switch (action) {
    case "take-over":
      return `  (what is there is kept)`;
    case "give-back":
      return `  (what was there before)`;
    case "adjust":
      return "mode" in before && "mode" in after ? `  (${before.mode} -> ${after.mode})` : "";
    case "repair":
      return keep === undefined ? "  (it is no longer as it was written)" : "  (it was edited; the edited one is kept)";
    case "remove":
      return keep === undefined ? "" : "  (it was edited; the edited one is kept)";
    default:
      return "";
  }
}

function paintLine(line: string, paint: Paint): string {
  const text = renderText(line);
  if (line.startsWith("+")) return paint("green", text);
  return line.startsWith("-") ? paint("red", text) : paint("dim", text);
}

function collisionLines({ collisions }: Plan, { paint }: PlanRendering): Entry[] {
  return collisions
    .filter(({ isTakenOver }) => !isTakenOver)
    .map(({ path, state, wanted }) => ({
      line: `${paint("red", "x")} ${renderText(path)}: there is ${describeState(state.kind)}, where ${renderText(wanted)} is to be`,
    }));
}

function describeState(kind: string): string {
  const words: Record<string, string> = {
    file: "a file",
    directory: "a directory",
    symlink: "a link",
    absent: "nothing",
  };
  return words[kind] ?? "something that is no file";
}

function accountLines({ accounts }: Plan, rendering: PlanRendering): Entry[] {
  const sign = { add: ["+", "green"], change: ["~", "yellow"], remove: ["-", "red"] } as const;
  return accounts.map(({ details, kind, name, what }) => {
    const [mark, color] = sign[kind];
    const more = details.length === 0 ? "" : ` (${details.map((each) => renderText(each)).join(", ")})`;
    return {
      line: `${rendering.paint(color, mark)} ${what} ${renderText(name)}${more}${causeOf([`${what} ${name}`], rendering)}`,
    };
  });
}

const unitColors: { readonly [A in UnitAction]: "green" | "red" | "yellow" | "dim" } = {
  start: "green",
  stop: "red",
  restart: "yellow",
  reload: "yellow",
  skip: "dim",
};

function unitLines({ units }: Plan, rendering: PlanRendering): Entry[] {
  return units.map(({ action, unit, user, why }) => {
    const name = user === undefined ? renderText(unit) : `${renderText(unit)} of ${renderText(user)}`;
    const verb = action === "skip" ? "leave" : action;
    return {
      line: `${rendering.paint(unitColors[action], verb.padEnd(7))} ${name}: ${renderText(why)}${causeOf(keysOfUnit(unit, user), rendering)}`,
    };
  });
}

function hookLines({ hooks }: Plan, rendering: PlanRendering): Entry[] {
  return hooks.map(({ name, why }) => ({
    line: `run ${renderText(name)}: ${renderText(why)}${causeOf([`hook ${name}`], rendering)}`,
  }));
}

function checkLines({ checks }: Plan): Entry[] {
  return [
    ...checks.before.map(({ name }) => ({ line: `before: ${renderText(name)}` })),
    ...checks.after.map(({ name, timeout }) => ({
      line: `after: ${renderText(name)}, within ${counted(timeout, "second")}`,
    })),
  ];
}
