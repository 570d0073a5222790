/** How much an archive may become: one that is made to fill a disk says so in few bytes. */
export interface UnpackBounds {
  readonly bytes: number;
  readonly entries: number;
}

/** As much as the largest programs have. */
export const usualBounds: UnpackBounds = { bytes: 32 * 2 ** 30, entries: 2_000_000 };

/** Says why something is not unpacked; to follow its name and a colon. */
export class UnpackRefusal extends Error {
  readonly fix: string;

  constructor(reason: string, fix: string) {
    super(reason);
    this.name = "UnpackRefusal";
    this.fix = fix;
  }
}

/** Counts what an archive becomes. */
export class UnpackCount {
  readonly #bounds: UnpackBounds;
  #bytes = 0;
  #entries = 0;

  constructor(bounds: UnpackBounds) {
    this.#bounds = bounds;
  }

  /** @throws UnpackRefusal when it is more than it may be */
  add(bytes: number, entries: number): void {
    this.#bytes += bytes;
    this.#entries += entries;
    if (this.#bytes <= this.#bounds.bytes && this.#entries <= this.#bounds.entries) return;
    const { bytes: most, entries: mostEntries } = this.#bounds;
    throw new UnpackRefusal(
      `it becomes more than ${most} bytes or ${mostEntries} files`,
      "Name another archive, or unpack it in the script of the build",
    );
  }
}

/** Checks that a path of an archive is one below the folder that it is unpacked in. @throws UnpackRefusal */
export function assertInside(path: string): void {
  if (!path.startsWith("/") && !path.split("/").includes("..")) return;
  throw new UnpackRefusal(`it has ${JSON.stringify(path)}, which is outside of it`, outsideFix);
}

/** What to do with an archive that leads out of itself. */
export const outsideFix = "Use another archive: what is in this one is not safe to unpack";
