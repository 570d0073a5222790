import { type Diagnostic, renderPath, renderValue, similarNames } from "@firn/diagnostic";
import { isMap, isPair, isScalar, isSeq, type Node } from "yaml";
import type { z } from "zod";
import { endOf, type FlakeSource, startOf } from "./flake-source.ts";
import { flakeKeys, inputFieldNames } from "./flake-schema.ts";
import type { IssueAdvice } from "./schema-parts.ts";
import { shellFieldNames } from "./shell-schema.ts";
import { sourceFieldNames } from "./source-schema.ts";

type Issue = z.core.$ZodIssue;

/** Turns an issue of the schema into diagnostics at what it is about, one for each unknown key. */
export function issueDiagnostics(issue: Issue, source: FlakeSource): Diagnostic[] {
  const path = issue.path.map(String);
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey([...path, key], source));
  const found = findNode(source.document.contents, path);
  const { problem, why, fix, atKey } = describeIssue(issue, path, found.value);
  return [
    diagnosticAt(source, atKey === true ? (found.key ?? found.value) : nodeWithText(found), {
      message: `Cannot use ${describePath(path)}: ${problem}`,
      ...(why !== undefined && { why: [why] }),
      ...(fix !== undefined && { fix }),
    }),
  ];
}

function diagnosticAt(
  source: FlakeSource,
  node: Node | undefined,
  told: Pick<Diagnostic, "message" | "why" | "fix">,
): Diagnostic {
  const place = source.placeAt(node === undefined ? 0 : startOf(node));
  return { code: "bad-flake", severity: "error", marks: [{ role: "given here", place }], ...told };
}

function unknownKey(path: readonly string[], source: FlakeSource): Diagnostic {
  const key = path.at(-1) ?? "";
  const names = namesBeside(path, source);
  const [near] = similarNames(key, names);
  const owner = path.length === 1 ? "flake.yaml" : describePath(path.slice(0, -1));
  return diagnosticAt(source, findNode(source.document.contents, path).key, {
    message: `Cannot use the key ${renderValue(key)} in ${owner}: there is no such key`,
    why: [`The keys are ${names.join(", ")}`, ...(key === "apt" ? [onlyOfRoot] : [])],
    ...(near !== undefined && { fix: `Write "${near}"` }),
  });
}

/** Lists the keys that there could be in place of one. */
function namesBeside(path: readonly string[], source: FlakeSource): readonly string[] {
  if (path.length === 1) return flakeKeys;
  if (path[0] === "shells") return shellFieldNames;
  const isSource = path.length === 3 && findPair(findNode(source.document.contents, path.slice(0, 2)).value, "apt");
  return isSource === undefined ? inputFieldNames : sourceFieldNames;
}

const onlyOfRoot = "A source of packages is an input of the flake itself, and replaces none of an input";

interface Described extends IssueAdvice {
  readonly problem: string;
}

function describeIssue(issue: Issue, path: readonly string[], value: Node | undefined): Described {
  switch (issue.code) {
    case "custom":
      return { problem: issue.message, ...(issue.params as IssueAdvice | undefined) }; // The schema gives nothing else.
    case "invalid_type":
      return {
        problem: `it is ${describeNode(value)}, not ${kinds[issue.expected] ?? issue.expected}`,
        ...quoted(issue, path, value),
      };
    case "invalid_value":
      return { problem: `it is ${describeNode(value)}`, why: `It is one of ${issue.values.map(String).join(", ")}` };
    default:
      return { problem: issue.message };
  }
}

const kinds: Readonly<Record<string, string>> = {
  string: "text",
  boolean: "true or false",
  array: "a list",
  object: "a map of keys and values",
  record: "a map of keys and values",
};

/** What YAML reads as a number, such as the range 1.0, is text in quotes. */
function quoted(
  { expected }: { readonly expected: string },
  path: readonly string[],
  value: Node | undefined,
): IssueAdvice {
  if (expected !== "string" || !isScalar(value) || value.value === null || value.source === undefined) return {};
  const isItem = /^\d+$/.test(path.at(-1) ?? "");
  return { fix: `Write it in quotes: ${isItem ? "- " : `${path.at(-1) ?? ""}: `}"${value.source}"` };
}

function describeNode(node: Node | undefined): string {
  if (isMap(node)) return "a map";
  if (isSeq(node)) return "a list";
  if (!isScalar(node) || node.value === null) return "empty";
  if (typeof node.value === "string") return renderValue(node.value);
  return typeof node.value === "number" ? `the number ${node.source ?? String(node.value)}` : String(node.value);
}

/** Says in words what a path of keys leads to: `"git" of input "core/log"`. */
function describePath(path: readonly string[]): string {
  const [kind, shell] = path;
  if (kind === "shells" && shell !== undefined) return describeBelow(path.slice(2), `shell ${JSON.stringify(shell)}`);
  const names: string[] = [];
  let rest = path;
  while (rest.length > 1 && (rest[0] === "inputs" || (rest[0] === "devInputs" && names.length === 0))) {
    names.push(rest[1] ?? "");
    rest = rest.slice(2);
  }
  const input = `input ${JSON.stringify(names.join("/"))}`;
  if (names.length === 0) return path.length === 0 ? "flake.yaml" : JSON.stringify(renderPath(path));
  return describeBelow(rest, input);
}

function describeBelow(path: readonly string[], owner: string): string {
  return path.length === 0 ? owner : `${JSON.stringify(renderPath(path))} of ${owner}`;
}

interface Found {
  readonly key?: Node | undefined;
  readonly value?: Node | undefined;
}

/** Finds the key and the value that a path leads to; as far as it leads anywhere. */
export function findNode(root: Node | null, path: readonly string[]): Found {
  let found: Found = { value: root ?? undefined };
  for (const part of path) {
    const item: unknown = isSeq(found.value) ? found.value.items[Number(part)] : findPair(found.value, part);
    if (isPair(item)) found = { key: nodeOf(item.key), value: nodeOf(item.value) };
    else found = { value: nodeOf(item) };
  }
  return found;
}

function findPair(map: Node | undefined, key: string): unknown {
  return isMap(map) ? map.items.find((pair) => isScalar(pair.key) && String(pair.key.value) === key) : undefined;
}

function nodeOf(value: unknown): Node | undefined {
  return isMap(value) || isSeq(value) || isScalar(value) ? value : undefined;
}

/** A value that is not written at all has no place of its own; its key has. */
function nodeWithText({ key, value }: Found): Node | undefined {
  const isWritten = value !== undefined && endOf(value) > startOf(value);
  return isWritten ? (value ?? key) : (key ?? value);
}
