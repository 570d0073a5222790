import { ownSource, type PackageRequest, packageKey, type PackagePin } from "@firn/package-manager";
import { compareCodeUnits } from "./compare-code-units.ts";
import type { Closure, PackageLock, SourcePin, SourceWant } from "./package-lock.ts";

/** A key of an object, and the text of what it has. */
type Line = readonly [key: string, text: string];

/**
 * Renders what a lock says of packages, as lines behind those of the inputs:
 * sources, packages, closures. What would be empty is not there.
 *
 * Whatever differs when a closure is found anew stands in lines one below the
 * other, so that git takes two changes of one closure for a conflict.
 */
export function renderPackages(lock: PackageLock): readonly Line[] {
  const sources = sorted(lock.sources).map(([name, pin]): Line => [name, renderSource(pin)]);
  const closures = sorted(lock.closures).map(([name, closure]): Line => [name, renderClosure(closure)]);
  const table = renderTable(Object.values(lock.closures));
  return [
    ...(sources.length > 0 ? [["sources", renderObject(sources, 1)] as const] : []),
    ...(table.length > 0 ? [["packages", renderObject(table, 1)] as const] : []),
    ...(closures.length > 0 ? [["closures", renderObject(closures, 1)] as const] : []),
  ];
}

function sorted<Value>(values: Readonly<Record<string, Value>>): [string, Value][] {
  return sortLines(Object.entries(values));
}

/** Sorts by key. Most are sorted already, and then nothing is copied. */
function sortLines<Value>(lines: [string, Value][]): [string, Value][] {
  const isSorted = lines.every(([key], index) => index === 0 || (lines[index - 1]?.[0] ?? "") <= key);
  return isSorted ? lines : lines.toSorted(([one], [other]) => compareCodeUnits(one, other));
}

/** Renders a string as JSON; nearly all have nothing that JSON writes otherwise. */
function quote(text: string): string {
  return /^[ !#-[\]-~]*$/.test(text) ? `"${text}"` : JSON.stringify(text);
}

/** Renders an object in lines; a level is two spaces. */
export function renderObject(lines: readonly Line[], level: number): string {
  if (lines.length === 0) return "{}";
  const indent = "  ".repeat(level + 1);
  return `{\n${lines.map(([key, text]) => `${indent}${quote(key)}: ${text}`).join(",\n")}\n${"  ".repeat(level)}}`;
}

/** Renders a value in one line. */
function renderInline(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(renderInline).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([key, one]) => `${JSON.stringify(key)}: ${renderInline(one)}`);
  return fields.length === 0 ? "{}" : `{ ${fields.join(", ")} }`;
}

function renderSource({ date, lists, want }: SourcePin): string {
  const lines = sorted(lists).map(([path, { sha256, size }]): Line => [path, renderInline({ sha256, size })]);
  return renderObject(
    [
      [
        "want",
        renderObject(
          Object.entries(wantFields(want)).map(([key, value]) => [key, renderInline(value)]),
          3,
        ),
      ],
      ["date", JSON.stringify(date)],
      ["lists", renderObject(lines, 3)],
    ],
    2,
  );
}

/** Gives the fields of a source as a lock has them: the address is named after the manager. */
export function wantFields({ address, architectures, keys, manager, parts, snapshot }: SourceWant): object {
  return {
    [manager]: address,
    ...Object.fromEntries(sorted(parts)),
    architectures,
    keys,
    ...(snapshot !== undefined && { snapshot }),
  };
}

/** The text is made by hand: there may be many thousand such lines. */
function renderPin({ path, sha256, size, source }: PackagePin): string {
  if (source === ownSource) return `{ "recipe": "${sha256}" }`;
  return `{ "sha256": "${sha256}", "size": ${size}, "path": ${quote(path)} }`;
}

function renderTable(closures: readonly Closure[]): Line[] {
  const bySource = new Map<string, Map<string, PackagePin>>();
  for (const { packages } of closures) {
    for (const pin of packages) {
      const table = bySource.get(pin.source) ?? new Map<string, PackagePin>();
      bySource.set(pin.source, table.set(packageKey(pin), pin));
    }
  }
  return sorted(Object.fromEntries(bySource)).map(([source, table]) => {
    const lines = sortLines([...table]).map(([key, pin]): Line => [key, renderPin(pin)]);
    return [source, renderObject(lines, 2)];
  });
}

function renderClosure({ architecture, asked, chosen = [], excluded, own = [], packages, sources }: Closure): string {
  const origins = sources.map(({ date, isOnRequest, name }) => [name, isOnRequest ? `${date} ${onRequest}` : date]);
  const named = new Map<string, [string, string][]>();
  for (const member of packages) {
    const lines = named.get(member.source) ?? [];
    named.set(member.source, lines);
    lines.push([packageKey(member), quote(renderReason(member.neededBy))]);
  }
  const members = sorted(Object.fromEntries(named)).map(([source, lines]): Line => {
    return [source, renderObject(sortLines(lines), 4)];
  });
  return renderObject(
    [
      ["architecture", JSON.stringify(architecture)],
      ["sources", renderInline(Object.fromEntries(origins))],
      ["asked", renderInline(asked.map(requestData))],
      ...(chosen.length > 0 ? [["chosen", renderInline(chosen.map(requestData))] as const] : []),
      ...(excluded.length > 0 ? [["excluded", renderInline(excluded)] as const] : []),
      ...(own.length > 0 ? [["own", renderInline(own)] as const] : []),
      ["packages", renderObject(members, 3)],
    ],
    2,
  );
}

/** What stands behind the date of a source that is used only where a request names it. */
export const onRequest = "on request";

/** Gives a request as a lock has it: its name alone where it says nothing else. */
export function requestData({ name, source, version }: PackageRequest): unknown {
  if (source === undefined && version === undefined) return name;
  return { name, ...(source !== undefined && { source }), ...(version !== undefined && { version }) };
}

function renderReason(neededBy: string | undefined): string {
  return neededBy === undefined ? "asked" : `needed by ${neededBy}`;
}
