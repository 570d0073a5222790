import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openApt } from "@firn/apt";
import { type ArchiveServer, TestArchive, type TestPackage } from "@firn/apt/testing";
import type {
  ClosureMember,
  LockedSource,
  PackageAnswer,
  PackageManager,
  PackageSource,
  ResolveRequest,
  SourceState,
} from "@firn/package-manager";

/** A folder with archives, and apt with caches there. */
export class TemporaryApt {
  readonly folder: string = mkdtempSync(join(tmpdir(), "firn-apt-"));
  readonly #servers: ArchiveServer[] = [];

  /** Opens apt without patience, and with nothing but this machine's programs. @param cache those with one name share one */
  open(cache = "cache"): Omit<PackageManager, "target"> {
    return openApt({ cache: join(this.folder, cache), environment: {}, patience: { idle: 5000, waits: [] } });
  }

  /** Makes an archive of packages; it is not published. */
  archive(name: string, ...packages: readonly TestPackage[]): TestArchive {
    return new TestArchive(join(this.folder, name)).add(...packages);
  }

  async serve(archive: TestArchive): Promise<ArchiveServer> {
    const server = await archive.serve();
    this.#servers.push(server);
    return server;
  }

  /** Locks what a source has now; it must have it. */
  async lock(name: string, source: PackageSource, isOnRequest = false): Promise<LockedSource> {
    return { name, source, state: valueOf(await this.open().readSource(source)), isOnRequest };
  }

  /** Publishes packages, and locks them. */
  async lockPackages(name: string, packages: readonly TestPackage[], isOnRequest = false): Promise<LockedSource> {
    const archive = this.archive(name, ...packages).publish();
    return this.lock(name, archive.describeSource({ architectures: ["amd64", "arm64"] }), isOnRequest);
  }

  resolve(request: Partial<ResolveRequest>, cache?: string): Promise<PackageAnswer<readonly ClosureMember[]>> {
    return this.open(cache).resolve({ sources: [], architecture: "amd64", asked: [], excluded: [], ...request });
  }

  async remove(): Promise<void> {
    await Promise.all(this.#servers.map((server) => server.stop()));
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** The value of an answer that must have one. */
export function valueOf<Value>({ problems, value }: PackageAnswer<Value>): Value {
  if (value === undefined) throw new Error(JSON.stringify(problems));
  return value;
}

/** What is said of problems: code, message, reasons, fix; ports and the folder left out. */
export function problemsOf({ problems }: PackageAnswer<unknown>): string[] {
  return problems.flatMap(({ diagnostic: { code, fix, message, why = [] } }) =>
    [`${code}: ${message}`, ...why, fix ?? ""].map((line) =>
      line.replaceAll(/127\.0\.0\.1:\d+/g, "host").replaceAll(/[^" ]*\/firn-apt-\w+/g, "/tmp"),
    ),
  );
}

/** Renders a closure: "NAME VERSION SOURCE < WHO NEEDS IT", or the problems. */
export function show(answer: PackageAnswer<readonly ClosureMember[]>): string[] {
  if (answer.value === undefined) return problemsOf(answer);
  return answer.value.map(({ name, neededBy, source, version }) => {
    return `${name} ${version} ${source}${neededBy === undefined ? "" : ` < ${neededBy}`}`;
  });
}

/** Lists what a state has, without hashes. */
export function pathsOf({ lists }: SourceState): string[] {
  return Object.keys(lists);
}
