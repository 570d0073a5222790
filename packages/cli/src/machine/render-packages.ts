import { renderText } from "@firn/diagnostic";
import type { PackageAction, PackageStep, Plan } from "@firn/plan";
import { renderSize } from "../render-size.ts";
import { causeOf, type Entry, type PlanRendering } from "./plan-rendering.ts";

const signs: { readonly [A in PackageAction]: readonly [string, "green" | "red" | "yellow"] } = {
  install: ["+", "green"],
  upgrade: ["^", "yellow"],
  downgrade: ["v", "yellow"],
  remove: ["-", "red"],
  mark: ["~", "yellow"],
  repair: ["*", "yellow"],
};

const words: { readonly [A in PackageAction]: string } = {
  install: "installed",
  upgrade: "upgraded",
  downgrade: "downgraded",
  remove: "removed",
  mark: "marked",
  repair: "repaired",
};

/** Says how many packages change, and the size of what comes. */
export function packagesTitle({ packages }: Plan): string {
  const counts = Object.entries(words).flatMap(([action, word]) => {
    const count = packages.filter((step) => step.action === action).length;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  const size = packages.reduce((sum, { after }) => sum + (after?.size ?? 0), 0);
  return `Packages: ${[...counts, ...(size > 0 ? [renderSize(size)] : [])].join(", ")}`;
}

/** Renders a line for each package; those that were asked for come first. */
export function packageLines({ packages }: Plan, rendering: PlanRendering): Entry[] {
  return packages
    .toSorted((a, b) => Number(isAsked(b)) - Number(isAsked(a)))
    .map((step) => {
      const [sign, color] = signs[step.action];
      const cause = causeOf([`package ${step.name}`], rendering);
      return { line: `${rendering.paint(color, sign)} ${renderText(step.name)} ${describeStep(step)}${cause}` };
    });
}

function isAsked({ after, before }: PackageStep): boolean {
  return (after ?? before)?.isAsked === true;
}

function describeStep({ action, after, before }: PackageStep): string {
  const [from, to] = [before?.version ?? "", after?.version ?? ""].map((version) => renderText(version));
  if (action === "mark") return after?.isAsked === true ? "is asked for" : "is there for others only";
  if (after === undefined) return from ?? "";
  const change = before === undefined || action === "repair" ? to : `${from} -> ${to}`;
  const needed = after.isAsked || action !== "install" ? "" : "  (others need it)";
  return `${change}${after.content === undefined ? "  (what was there before)" : ""}${needed}`;
}
