import { type InputDeclaration, normalizeRequirement, type Requirement } from "@firn/input";
import { isMap, isScalar, type YAMLMap } from "yaml";
import type { RawInput, RawInputs } from "./flake-schema.ts";
import { type FlakeSource, startOf } from "./flake-source.ts";
import { findNode } from "./issue-diagnostic.ts";

type Declarations = Record<string, InputDeclaration>;

/** Gives declarations of nothing. They inherit nothing either: an input may be called "constructor". */
export function declareNone(): Declarations {
  return Object.create(null) as Declarations; // An object without properties has those of any record.
}

/** Declares the inputs that a checked map has, in their order, each at the place of its name. */
export function declareInputs(raw: RawInputs, map: YAMLMap, source: FlakeSource): Readonly<Declarations> {
  const declared = declareNone();
  for (const { key, value } of map.items) {
    const input = isScalar(key) && Object.hasOwn(raw, String(key.value)) ? raw[String(key.value)] : undefined;
    if (!isScalar(key) || input === undefined) continue;
    const below = isMap(value) ? findNode(value, ["inputs"]).value : undefined;
    const want = requirementOf(input);
    declared[String(key.value)] = {
      ...(want !== undefined && { want }),
      ...(input.follows !== undefined && { follows: input.follows }),
      mirrors: input.mirrors ?? [],
      inputs: isMap(below) ? declareInputs(input.inputs ?? {}, below, source) : declareNone(),
      place: source.placeAt(startOf(key)),
    };
  }
  return declared;
}

function requirementOf({ git, path, flake, submodules, ...rest }: RawInput): Requirement | undefined {
  const kind = flake === false ? ({ flake } as const) : {};
  if (path !== undefined) return normalizeRequirement({ path, ...kind });
  if (git === undefined) return undefined;
  const { semver, ref, rev, dir, tagPrefix } = rest;
  return normalizeRequirement({
    git,
    ...(semver !== undefined && { semver }),
    ...(ref !== undefined && { ref }),
    ...(rev !== undefined && { rev }),
    ...(dir !== undefined && { dir }),
    ...(tagPrefix !== undefined && { tagPrefix }),
    ...(submodules === true && { submodules }),
    ...kind,
  });
}
