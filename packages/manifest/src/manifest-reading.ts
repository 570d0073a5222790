import { type Diagnostic, type DiagnosticCode, renderPath } from "@firn/diagnostic";
import type * as z from "zod";
import type { ContentReader } from "./content-reader.ts";
import type { ManagedDirectory, ManagedFile } from "./manifest.ts";

/** What stands in a manifest, and where it comes from. */
export interface ManifestEntry {
  /** What it is: "file /etc/motd", "directory /srv", "user ada", "home-file ada .config/x", "hook reload". */
  readonly key: string;
  /** Path of the option, the name of the member included; empty for what nobody asked for. */
  readonly option: readonly string[];
  /** Name of the source that a package comes from. */
  readonly source?: string;
}

/** A member of an option such as `attrsOf(submodule(…))`. */
export interface Member<T> {
  readonly name: string;
  readonly option: readonly string[];
  readonly value: T;
}

/** Something at a path. */
export interface Placement {
  /** Whose home the path is below; missing: the path is absolute. */
  readonly user?: string;
  readonly path: string;
  readonly option: readonly string[];
  readonly state: ManagedFile | ({ readonly kind: "directory" } & ManagedDirectory);
  readonly takeOver: boolean;
}

/** A problem, before it is known where. */
export interface Refusal {
  /** @default "bad-manifest" */
  readonly code?: DiagnosticCode;
  /** Completes "Cannot use "option": …". */
  readonly problem: string;
  readonly why?: readonly string[];
  readonly fix?: string;
}

/** The work on one configuration: what it says, and what was found in it. */
export class ManifestReading {
  readonly contents: ContentReader;
  readonly entries: ManifestEntry[] = [];
  readonly placements: Placement[] = [];
  readonly diagnostics: Diagnostic[] = [];
  readonly #configuration: unknown;

  constructor(configuration: unknown, contents: ContentReader) {
    this.#configuration = configuration;
    this.contents = contents;
  }

  /** Lists the members of an option that have the shape they must have; reports the others. */
  members<T>(path: readonly string[], schema: z.ZodType<T>): Member<T>[] {
    const value = this.#find(path);
    if (value === undefined) return [];
    if (!isRecord(value)) {
      this.refuse(path, { problem: "it is not a set of names and values" });
      return [];
    }
    return Object.entries(value).flatMap(([name, member]) => {
      const option = [...path, name];
      // Such a name is lost where objects are copied.
      if (name === "__proto__") return this.refuse(option, { problem: `"${name}" is no name` });
      const { data, error, success } = schema.safeParse(member);
      return success ? [{ name, option, value: data }] : this.refuse(option, { problem: describeError(error) });
    });
  }

  /** Reads the value of an option that has the shape it must have; reports others. */
  value<T>(path: readonly string[], schema: z.ZodType<T>): T | undefined {
    const { data, error, success } = schema.safeParse(this.#find(path));
    if (!success) this.refuse(path, { problem: describeError(error) });
    return data;
  }

  /** Lists the names of the members of an option. */
  names(path: readonly string[]): string[] {
    const value = this.#find(path);
    return isRecord(value) ? Object.keys(value) : [];
  }

  /** Reports a problem; gives the empty list, which is what comes of it. */
  refuse(option: readonly string[], { code = "bad-manifest", fix, problem, why }: Refusal): [] {
    this.diagnostics.push({
      code,
      severity: "error",
      optionPath: option,
      marks: [],
      message: `Cannot use "${renderPath(option)}": ${problem}`,
      ...(why && { why }),
      ...(fix !== undefined && { fix }),
    });
    return [];
  }

  /** Remembers where something in the manifest comes from. */
  enter(key: string, option: readonly string[], source?: string): void {
    this.entries.push({ key, option, ...(source !== undefined && { source }) });
  }

  #find(path: readonly string[]): unknown {
    return path.reduce<unknown>(
      (value, part) => (isRecord(value) && Object.hasOwn(value, part) ? value[part] : undefined),
      this.#configuration,
    );
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function describeError({ issues: [issue] }: z.ZodError): string {
  if (issue === undefined) return "it has the wrong shape";
  return issue.path.length === 0 ? issue.message : `${renderPath(issue.path.map(String))}: ${issue.message}`;
}
