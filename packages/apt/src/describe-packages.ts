import type { PackageFacts, ResolveRequest } from "@firn/package-manager";
import type { AptContext } from "./apt-context.ts";
import { Catalog, type Offer } from "./catalog.ts";
import { openSources } from "./open-sources.ts";
import { withoutFile } from "./own-packages.ts";

/** Finds the newest that sources have of some packages; those that none has are left out. @throws AptFailure */
export async function describePackages(
  request: ResolveRequest,
  context: AptContext,
): Promise<ReadonlyMap<string, PackageFacts>> {
  const catalog = new Catalog(await openSources(request, context), context);
  const facts = new Map<string, PackageFacts>();
  for (const asked of request.asked) {
    const [newest] = catalog.match(asked);
    if (newest === undefined) continue;
    const same = catalog.find(asked.name).filter(({ pin }) => pin.version === newest.pin.version);
    facts.set(asked.name, {
      pin: withoutFile(newest.pin),
      summary: newest.stanza.summary,
      isSecurity: same.some(isOfSecurityList),
    });
  }
  return facts;
}

function isOfSecurityList({ list, source }: Offer): boolean {
  const label = source.releases.get(list.suite)?.fields.get("Label");
  return label === "Debian-Security" || /[-/]security$|^[^/]+\/updates$/.test(list.suite);
}
