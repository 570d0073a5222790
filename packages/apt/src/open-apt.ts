import type { Environment, Patience } from "@firn/download";
import type { LockedSource, PackageManager } from "@firn/package-manager";
import type { AptContext } from "./apt-context.ts";
import { answerWith } from "./apt-failure.ts";
import { Catalog } from "./catalog.ts";
import { compareVersions } from "./compare-versions.ts";
import { describePackages } from "./describe-packages.ts";
import { essentialPackages } from "./essential-packages.ts";
import { ListCache } from "./list-cache.ts";
import { openAll } from "./open-sources.ts";
import { readSource } from "./read-source.ts";
import { resolveClosure } from "./resolve-closure.ts";
import { listFileAddresses } from "./source-addresses.ts";

/** How to lock packages of Debian archives. */
export interface AptOptions {
  /** Folder, absolute, that keeps lists and what is worked out about them; all of it can be made again. */
  readonly cache: string;
  /** Where proxies, certificates and programs are looked up. */
  readonly environment: Environment;
  /** Is told, a line each, what is done that may take a while. @default nobody is */
  readonly progress?: (line: string) => void;
  /** How long servers are waited for. @default half a minute of silence, and two more tries */
  readonly patience?: Patience;
}

/** Opens apt, from the side of a flake: it needs gpgv and apt-get, no root, and nothing of this machine's own apt. */
export function openApt({
  cache,
  environment,
  patience = usualPatience,
  progress,
}: AptOptions): Omit<PackageManager, "target"> {
  const context: AptContext = {
    cache,
    environment,
    patience,
    lists: new ListCache(cache),
    progress: progress ?? (() => undefined),
  };
  return {
    name: "apt",
    base: essentialPackages,
    readSource: (source) => answerWith(cache, () => readSource(source, context)),
    resolve: (request) => answerWith(cache, () => resolveClosure(request, context)),
    listNames: (sources, architecture) => answerWith(cache, () => listNames(sources, architecture, context)),
    describe: (request) => answerWith(cache, () => describePackages(request, context)),
    compareVersions,
    addressesOf: ({ path }, source, { date }) => listFileAddresses(path, source, date),
  };
}

const usualPatience: Patience = { idle: 30_000, waits: [500, 3000] };

async function listNames(
  sources: readonly LockedSource[],
  architecture: string,
  context: AptContext,
): Promise<readonly string[]> {
  return new Catalog(await openAll(sources, architecture, context), context).listNames();
}
