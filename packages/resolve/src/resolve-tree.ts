import type {
  ClosureMember,
  PackageAnswer,
  PackageManager,
  PackageRequest,
  ResolveRequest,
} from "@firn/package-manager";

type Resolver = Pick<PackageManager, "base" | "resolve">;
type Answer = PackageAnswer<readonly ClosureMember[]>;

/** Asks a manager for just what a request says. */
export function resolveOnce(manager: Resolver, request: ResolveRequest): Promise<Answer> {
  return manager.resolve(request);
}

/**
 * Asks a manager for a tree: what is asked for, and what every tree has, which is
 * "needed by /usr". That comes from the usual sources when something asked for
 * does, and from those that are named when there is no other way: libraries and
 * the programs of the base have to fit.
 */
export async function resolveTree(manager: Resolver, request: ResolveRequest): Promise<Answer> {
  const known = new Set([...request.asked.map(({ name }) => name), ...request.excluded]);
  const base = manager.base.filter((name) => !known.has(name));
  const sources = new Set(request.asked.map(({ source }) => source));
  // Usual ones come first.
  const origins = [...sources].toSorted((one, other) => Number(one !== undefined) - Number(other !== undefined));
  let refusal: Answer | undefined;
  for (const source of origins) {
    const added = base.map((name): PackageRequest => ({ name, ...(source !== undefined && { source }) }));
    const answer = await manager.resolve({ ...request, asked: [...request.asked, ...added] });
    if (answer.value !== undefined) return { ...answer, value: answer.value.map((each) => asNeeded(each, base)) };
    refusal ??= answer;
  }
  // Of what nobody wrote nobody wants to hear, unless it is to blame.
  const alone = await manager.resolve(request);
  return alone.value === undefined || refusal === undefined ? alone : refusal;
}

function asNeeded(member: ClosureMember, base: readonly string[]): ClosureMember {
  return base.includes(member.name) && member.neededBy === undefined ? { ...member, neededBy: "/usr" } : member;
}
