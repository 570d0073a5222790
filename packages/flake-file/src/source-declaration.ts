import type { FlakeManifest, SourceDeclaration } from "@firn/input";
import { isMap, isScalar } from "yaml";
import { type FlakeSource, startOf } from "./flake-source.ts";
import { findNode } from "./issue-diagnostic.ts";
import type { RawSource, RawSources } from "./source-schema.ts";

/** Declares the sources that a checked map has, in their order, each at the place of its name. */
export function declareSources(raw: RawSources, source: FlakeSource | undefined): FlakeManifest["sources"] {
  // Without what every object has: a source may be named "constructor".
  const declared = Object.create(null) as Record<string, SourceDeclaration>; // Object.create has no type of its own.
  const map = findNode(source?.document.contents ?? null, ["inputs"]).value;
  for (const { key } of isMap(map) ? map.items : []) {
    const name = isScalar(key) ? String(key.value) : "";
    const given = Object.hasOwn(raw, name) ? raw[name] : undefined;
    if (!isScalar(key) || given === undefined || source === undefined) continue;
    declared[name] = declareSource(given, source.placeAt(startOf(key)));
  }
  return declared;
}

function declareSource(raw: RawSource, place: SourceDeclaration["place"]): SourceDeclaration {
  const { apt, architectures, components, keyring, keys, mirrors, onRequest, snapshot, suites } = raw;
  return {
    source: {
      manager: "apt",
      address: withoutSlash(apt),
      mirrors: (mirrors ?? []).map(withoutSlash),
      architectures: architectures ?? ["amd64"],
      keys: keys.map((key) => key.replaceAll(" ", "").toUpperCase()),
      ...(keyring !== undefined && { keyring: keyring.replace(/^\.\//, "") }),
      ...(snapshot !== undefined && { snapshot }),
      parts: { suites, components: components ?? ["main"] },
    },
    isOnRequest: onRequest ?? false,
    place,
  };
}

/** An address with a slash at its end is the same. */
function withoutSlash(address: string): string {
  return address.replace(/\/+$/, "");
}
