import type { Alternative, AlternativeLink } from "./alternatives.ts";
import { addLink, type PackageInTree, type TreePlan } from "./plan-tree.ts";
import { treePath } from "./tree-paths.ts";

/** An alternative with the package that offers it. */
interface Offer {
  readonly offer: Alternative;
  readonly from: PackageInTree;
}

/**
 * Adds the links that `update-alternatives` would make where nobody chose:
 * each leads to the offer with the highest priority, the first of equal ones,
 * and the other links of that offer go with it.
 */
export function addAlternatives(plan: TreePlan, packages: readonly PackageInTree[]): void {
  const offers = packages.flatMap((from) => from.contents.alternatives.map((offer): Offer => ({ offer, from })));
  // What an offer leads to may itself be a link that another alternative makes.
  for (const offered of [offers, offers]) for (const chosen of chooseOffers(plan, offered)) addOffer(plan, chosen);
}

function addOffer(plan: TreePlan, { from, offer }: Offer): void {
  for (const { link, path } of [offer, ...offer.others])
    if (isThere(plan, path)) addLink(plan, link.slice(1), { from, leadsTo: path.slice(1) });
}

function chooseOffers(plan: TreePlan, offers: readonly Offer[]): Offer[] {
  const best = new Map<string, Offer>();
  for (const candidate of offers) {
    const { link, path, priority } = candidate.offer;
    const there = best.get(link)?.offer.priority ?? Number.NEGATIVE_INFINITY;
    if (priority > there && isThere(plan, path)) best.set(link, candidate);
  }
  return [...best.values()];
}

function isThere(plan: TreePlan, path: AlternativeLink["path"]): boolean {
  const place = treePath(path.slice(1)) ?? "";
  return plan.entries.has(place) || plan.folders.has(place);
}
