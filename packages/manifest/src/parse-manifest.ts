import type { Diagnostic } from "@firn/diagnostic";
import { renderPath } from "@firn/diagnostic";
import * as z from "zod";
import type { Manifest } from "./manifest.ts";
import { manifestSchema } from "./manifest-schema.ts";

/** A manifest, or why there is none. */
export interface ParsedManifest {
  /** Missing when there are diagnostics. */
  readonly manifest?: Manifest;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses the text of a manifest. Problems: `bad-manifest`. */
export function parseManifest(text: string, { file }: { readonly file: string }): ParsedManifest {
  const value = parseJson(text);
  if (value === undefined) return refuse(file, ["The text is no JSON"]);
  const version = typeof value === "object" && value !== null && "version" in value ? value.version : undefined;
  if (typeof version === "number" && version !== 1) {
    return refuse(
      file,
      [`It has version ${version}, and this Firn reads version 1`],
      version > 1 ? "Use the Firn that wrote it, or a newer one" : undefined,
    );
  }
  const { data, error, success } = manifestSchema.safeParse(value);
  if (success) return { manifest: data, diagnostics: [] };
  return refuse(file, error.issues.slice(0, 5).map(describeIssue));
}

/** Describes manifests to other programs, as a JSON Schema (2020-12). */
export function manifestJsonSchema(): object {
  return z.toJSONSchema(manifestSchema);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function describeIssue(issue: z.core.$ZodIssue): string {
  const { path } = issue;
  const message = (issue.code === "invalid_key" ? issue.issues[0]?.message : undefined) ?? issue.message;
  return path.length === 0 ? message : `At "${renderPath(path.map(String))}": ${message}`;
}

function refuse(
  file: string,
  why: readonly string[],
  fix = "Build the host again; firn store verify finds what else is damaged",
): ParsedManifest {
  const message = `Cannot read the manifest "${file}"`;
  return { diagnostics: [{ code: "bad-manifest", severity: "error", message, marks: [], why, fix }] };
}
