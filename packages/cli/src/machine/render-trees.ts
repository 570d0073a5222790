import { renderText } from "@firn/diagnostic";
import type { Plan, TreeChange } from "@firn/plan";
import { counted } from "../counted.ts";
import { causeOf, type Entry, type PlanRendering } from "./plan-rendering.ts";

/** Says whose packages change that are installed for nobody else. */
export const treesTitle = "Packages of homes and services";

/** Renders a line for each package that was asked for, and one for all others of an owner; all of them where all is shown. */
export function treeLines({ trees }: Plan, rendering: PlanRendering): Entry[] {
  const owners = [...new Set(trees.map(({ owner }) => owner))];
  return owners.flatMap((owner) => {
    const changes = trees.filter((each) => each.owner === owner);
    const shown = rendering.isWhole ? changes : changes.filter(({ isAsked }) => isAsked);
    const rest = changes.length - shown.length;
    const others = {
      line: `${rendering.paint("yellow", "~")} ${ownerName(owner)}: ${counted(rest, "package")} that others need`,
    };
    return [...shown.map((change) => treeLine(change, rendering)), ...(rest > 0 ? [others] : [])];
  });
}

function treeLine({ after, before, name, owner }: TreeChange, rendering: PlanRendering): Entry {
  const [sign, color] =
    before === undefined
      ? (["+", "green"] as const)
      : after === undefined
        ? (["-", "red"] as const)
        : (["~", "yellow"] as const);
  const versions = [before, after]
    .flatMap((version) => (version === undefined ? [] : [renderText(version)]))
    .join(" -> ");
  const cause = causeOf([`package ${owner} ${name}`], rendering);
  return { line: `${rendering.paint(color, sign)} ${ownerName(owner)}: ${renderText(name)} ${versions}${cause}` };
}

function ownerName(owner: string): string {
  const name = owner.slice(owner.indexOf("/") + 1);
  return renderText(owner.startsWith("services/") ? `${name}.service` : name);
}
