import type { Diagnostic } from "@firn/diagnostic";
import type { Plan } from "./plan.ts";

/** Writes a plan as JSON text. */
export function renderPlan(plan: Plan): string {
  return `${JSON.stringify(plan)}\n`;
}

/** Reads what `renderPlan` wrote. */
export function parsePlan(
  text: string,
  { file }: { readonly file: string },
): { readonly plan?: Plan; readonly diagnostics: readonly Diagnostic[] } {
  try {
    const plan = JSON.parse(text) as Plan; // It is only compared with a plan that is made anew.
    if (plan.version === 1 && Array.isArray(plan.files) && typeof plan.host === "string")
      return { plan, diagnostics: [] };
  } catch {
    // It is told below, like any other text that is no plan.
  }
  const problem: Diagnostic = {
    code: "bad-plan",
    severity: "error",
    message: `Cannot use "${file}" as a plan: it is none that this version of Firn wrote`,
    marks: [],
    fix: "firn plan HOST --out FILE",
  };
  return { diagnostics: [problem] };
}

/** Says in words how two plans differ; nothing when they are the same. */
export function comparePlans(saved: Plan, now: Plan): string[] {
  if (canonical(saved) === canonical(now)) return [];
  const found = lists.flatMap((list) =>
    compareLists(list, saved[list] as readonly object[], now[list] as readonly object[]),
  );
  return found.length > 0 ? found : ["The generation that the machine has, or gets, is another"];
}

const lists = ["files", "accounts", "units", "hooks", "collisions"] as const;
const words = {
  files: "file",
  accounts: "account",
  units: "unit",
  hooks: "hook",
  collisions: "path in the way",
} as const;

function compareLists(list: (typeof lists)[number], saved: readonly object[], now: readonly object[]): string[] {
  const [before, after] = [saved, now].map(
    (steps) => new Map(steps.map((step) => [nameOf(step), canonical(step)])),
  ) as [Map<string, string>, Map<string, string>]; // One for each.
  const word = words[list];
  return [
    ...[...before]
      .filter(([name, step]) => after.has(name) && after.get(name) !== step)
      .map(([name]) => `The ${word} "${name}" is no longer as it was`),
    ...[...before.keys()]
      .filter((name) => !after.has(name))
      .map((name) => `The ${word} "${name}" is no longer to be changed`),
    ...[...after.keys()]
      .filter((name) => !before.has(name))
      .map((name) => `The ${word} "${name}" would be changed too`),
  ];
}

function nameOf(step: object): string {
  const { name, path, unit } = step as { name?: string; path?: string; unit?: string }; // Each kind of step has one of them.
  return path ?? unit ?? name ?? "";
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
