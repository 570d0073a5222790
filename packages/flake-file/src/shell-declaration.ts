import type { FlakeManifest, ShellDeclaration } from "@firn/input";
import { parsePackageRequest } from "@firn/package-manager";
import { isMap, isScalar } from "yaml";
import { type FlakeSource, startOf } from "./flake-source.ts";
import { findNode } from "./issue-diagnostic.ts";
import type { RawShell, RawShells } from "./shell-schema.ts";

/** Declares the shells that a checked map has, in their order, each at the place of its name. */
export function declareShells(raw: RawShells, source: FlakeSource | undefined): FlakeManifest["shells"] {
  // Without what every object has: a shell may be named "constructor".
  const declared = Object.create(null) as Record<string, ShellDeclaration>; // Object.create has no type of its own.
  const map = findNode(source?.document.contents ?? null, ["shells"]).value;
  for (const { key } of isMap(map) ? map.items : []) {
    const name = isScalar(key) ? String(key.value) : "";
    const given = Object.hasOwn(raw, name) ? raw[name] : undefined;
    if (!isScalar(key) || given === undefined || source === undefined) continue;
    declared[name] = declareShell(given, source.placeAt(startOf(key)));
  }
  return declared;
}

function declareShell(
  { architectures, environment = {}, packages, sources }: RawShell,
  place: ShellDeclaration["place"],
): ShellDeclaration {
  return {
    packages: packages.flatMap((text) => parsePackageRequest(text) ?? []),
    ...(sources !== undefined && { sources }),
    ...(architectures !== undefined && { architectures }),
    environment,
    place,
  };
}
