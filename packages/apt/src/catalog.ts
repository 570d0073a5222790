import { ownSource, type PackagePin, type PackageRequest } from "@firn/package-manager";
import type { AptContext } from "./apt-context.ts";
import { compareVersions } from "./compare-versions.ts";
import type { ReadyList, ReadySource } from "./ensure-lists.ts";
import { PackageIndex } from "./package-index.ts";
import type { Stanza } from "./stanza.ts";

/** A package that a list of a source has. */
export interface Offer {
  readonly pin: PackagePin;
  readonly stanza: Stanza;
  readonly source: ReadySource;
  readonly list: ReadyList;
}

/** Finds packages by name in the lists of sources. */
export class Catalog {
  readonly sources: readonly ReadySource[];
  readonly #context: AptContext;
  readonly #indexes = new Map<ReadyList, PackageIndex>();
  readonly #offers = new Map<string, Offer[]>();

  /** @param sources those that come first are preferred */
  constructor(sources: readonly ReadySource[], context: AptContext) {
    this.sources = sources;
    this.#context = context;
  }

  /** Lists the names of all packages, sorted. */
  listNames(): string[] {
    const names = new Set(this.#all().flatMap(({ list }) => this.#indexOf(list).listNames()));
    return [...names].toSorted();
  }

  /** Finds all versions of a package: in the order of sources, then of lists. */
  find(name: string): readonly Offer[] {
    const known = this.#offers.get(name);
    if (known !== undefined) return known;
    const found = this.#all().flatMap(({ list, source }) =>
      this.#indexOf(list)
        .find(name)
        .map((stanza) => ({ stanza, source, list, pin: pinOf(stanza, source.locked.name) })),
    );
    this.#offers.set(name, found);
    return found;
  }

  /** Finds what fulfils a request: what the flake makes itself, then the newest; those of one version stay in the order of sources. */
  match({ name, source, version }: PackageRequest): Offer[] {
    return this.find(name)
      .filter(({ pin, source: { locked } }) => {
        const isFrom = source === undefined ? !locked.isOnRequest : locked.name === source;
        return isFrom && (version === undefined || pin.version === version);
      })
      .toSorted((one, other) => rankOf(other) - rankOf(one) || compareVersions(other.pin.version, one.pin.version));
  }

  /** Lists the packages that provide a name, sorted. */
  listProviders(name: string): string[] {
    const names = this.#all().flatMap(({ list }) => this.#indexOf(list).listProviders(name));
    return [...new Set(names)].toSorted();
  }

  #all(): { readonly source: ReadySource; readonly list: ReadyList }[] {
    return this.sources.flatMap((source) => source.lists.map((list) => ({ source, list })));
  }

  #indexOf(list: ReadyList): PackageIndex {
    const { cache, lists } = this.#context;
    const known = this.#indexes.get(list);
    const index = known ?? PackageIndex.open({ cache, file: lists.fileOf(list.pin), pin: list.pin });
    this.#indexes.set(list, index);
    return index;
  }
}

function rankOf({ pin }: Offer): number {
  return Number(pin.source === ownSource);
}

function pinOf({ architecture, name, path, sha256, size, version }: Stanza, source: string): PackagePin {
  return { name, version, architecture, source, sha256, size, path };
}
