import type { PackageAnswer, ResolveRequest } from "./package-manager.ts";
import type { PackageRequest } from "./package-pin.ts";
import type { LockedSource, PackageSource } from "./package-source.ts";
import type { PackageWorld, PublishedPackage } from "./package-world.ts";

/** Gives the value. @throws Error that says what is wrong where there is none */
export function valueOf<Value>({ problems, value }: PackageAnswer<Value>): Value {
  if (value === undefined) throw new Error(problems.map(({ diagnostic }) => diagnostic.message).join("\n"));
  return value;
}

/** Lists the codes of what is wrong. */
export function codesOf({ problems }: PackageAnswer<unknown>): string[] {
  return problems.map(({ diagnostic }) => diagnostic.code);
}

/** The work of one test: archives that are locked, and what is asked of them. */
export class Trial {
  readonly world: PackageWorld;

  constructor(world: PackageWorld) {
    this.world = world;
  }

  async lock(name: string, source: PackageSource, isOnRequest = false): Promise<LockedSource> {
    return { name, source, state: valueOf(await this.world.manager.readSource(source)), isOnRequest };
  }

  /** Publishes packages and locks them, as a source of the name of the archive. */
  publish(name: string, packages: readonly PublishedPackage[], isOnRequest = false): Promise<LockedSource> {
    return this.lock(name, this.world.publish(name, packages), isOnRequest);
  }

  request(sources: readonly LockedSource[], asked: readonly (PackageRequest | string)[]): ResolveRequest {
    const requests = asked.map((one) => (typeof one === "string" ? { name: one } : one));
    return { sources, architecture: "amd64", asked: requests, excluded: [] };
  }

  ask(request: ResolveRequest): ReturnType<PackageWorld["manager"]["resolve"]> {
    return this.world.manager.resolve(request);
  }

  /** What a request is answered with: "name version source" and what needs it, a line each. */
  async resolve(request: ResolveRequest): Promise<string[]> {
    const members = valueOf(await this.ask(request));
    return members.map(({ name, neededBy, source, version }) =>
      [name, version, source, ...(neededBy === undefined ? [] : [`for ${neededBy}`])].join(" "),
    );
  }
}

/** One thing that every package manager does. */
export interface ManagerCase {
  readonly title: string;
  check(trial: Trial, versions: PackageWorld["versions"]): Promise<void>;
}
