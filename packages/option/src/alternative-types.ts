import { renderPath, showableThrown } from "@firn/diagnostic";
import { type Definition, strongest } from "@firn/definition";
import { combineTypes } from "./combine-types.ts";
import { adviseWinner, definitionMarks, failMismatch } from "./merging.ts";
import type { MergeSite } from "./merge-site.ts";
import { NO_VALUE } from "./no-value.ts";
import { defineType, nestedDescription, type OptionType } from "./option-type.ts";
import { type TypeLike, toOptionType } from "./schema-type.ts";

/** A value or null; definitions must be all null or none. */
export function nullOr<T, D>(inner: TypeLike<T, D>): OptionType<T | null, D | null> {
  const innerType = toOptionType(inner);
  const type: OptionType<T | null, D | null> = defineType({
    name: "nullOr",
    description: `null or ${nestedDescription(innerType)}`,
    phrase: "conjunction",
    accepts: (value) => value === null || innerType.accepts(value),
    ...(innerType.explain && { explain: innerType.explain }),
    ...(innerType.advise && { advise: innerType.advise }),
    merge: (definitions, site) => mergeNullable({ type, innerType }, definitions, site),
    empty: () => null,
    combine(other) {
      const combined = combineTypes(innerType, other.payload as OptionType);
      return combined && nullOr(combined);
    },
    jsonSchema: () => ({ anyOf: [{ type: "null" }, innerType.jsonSchema()] }),
    members: innerType.members ?? [],
    payload: innerType,
    plain: innerType.plain ?? false,
    hasFields: innerType.hasFields ?? false,
  });
  return type;
}

function mergeNullable(
  { type, innerType }: { type: OptionType; innerType: OptionType },
  definitions: readonly Definition[],
  site: MergeSite,
): unknown {
  const winning = strongest(definitions);
  const nulls = winning.filter(({ value }) => value === null);
  if (nulls.length === winning.length) return null;
  if (nulls.length > 0) return failNullAndNot(winning, site);
  const others = definitions.filter(({ value }) => value !== null);
  const refused = winning.filter(({ value }) => !innerType.accepts(value));
  return refused.length > 0 ? failMismatch(type, refused, site) : innerType.merge(others, site);
}

function failNullAndNot(definitions: readonly Definition[], site: MergeSite): typeof NO_VALUE {
  return site.fail({
    code: "conflicting-definitions",
    message: `Cannot merge the definitions of "${renderPath(site.path)}": some are null and some are not`,
    marks: definitionMarks(definitions, site.path),
    fix: adviseWinner(definitions),
  });
}

/**
 * One of two types. The first that accepts all definitions by their outer shape
 * is taken for all of them; what is wrong inside is then reported, not tried
 * with the other.
 */
export function either<TA, DA, TB, DB>(a: TypeLike<TA, DA>, b: TypeLike<TB, DB>): OptionType<TA | TB, DA | DB> {
  const first = toOptionType(a);
  const second = toOptionType(b);
  const type: OptionType<TA | TB, DA | DB> = defineType({
    name: "either",
    description: `${nestedDescription(first)} or ${second.name === "either" ? second.description : nestedDescription(second)}`,
    phrase: "conjunction",
    accepts: (value) => first.accepts(value) || second.accepts(value),
    merge(definitions, site) {
      const winning = strongest(definitions);
      const taken = [first, second].find((each) => winning.every(({ value }) => each.accepts(value)));
      if (taken === undefined) return failAlternatives(type, winning, site);
      return taken.merge(
        definitions.filter(({ value }) => taken.accepts(value)),
        site,
      );
    },
    combine(other) {
      const [otherFirst, otherSecond] = other.payload as readonly [OptionType, OptionType];
      const combinedFirst = combineTypes(first, otherFirst);
      const combinedSecond = combineTypes(second, otherSecond);
      return combinedFirst && combinedSecond && either(combinedFirst, combinedSecond);
    },
    jsonSchema: () => ({ anyOf: [first.jsonSchema(), second.jsonSchema()] }),
    members: [...(first.members ?? []), ...(second.members ?? [])],
    payload: [first, second],
    plain: first.plain === true && second.plain === true,
    hasFields: first.hasFields === true || second.hasFields === true,
  });
  return type;
}

function failAlternatives(type: OptionType, definitions: readonly Definition[], site: MergeSite): typeof NO_VALUE {
  const refused = definitions.filter(({ value }) => !type.accepts(value));
  if (refused.length > 0) return failMismatch(type, refused, site);
  return site.fail({
    code: "conflicting-definitions",
    message: `Cannot merge the definitions of "${renderPath(site.path)}": they are of different types`,
    marks: definitionMarks(definitions, site.path),
    why: ["The type is a choice of several, and all definitions must be of the same one"],
    fix: adviseWinner(definitions),
  });
}

type ValueOf<L> = L extends TypeLike<infer T, unknown> ? T : never;
type DefinitionOf<L> = L extends TypeLike<unknown, infer D> ? D : never;

/** One of several types, the first that fits; see `either`. */
export function oneOf<const L extends readonly [TypeLike, ...TypeLike[]]>(
  alternatives: L,
): OptionType<ValueOf<L[number]>, DefinitionOf<L[number]>> {
  const [first, ...others] = alternatives.map((each) => toOptionType(each));
  const folded = others.reduceRight<OptionType | undefined>(
    (rest, each) => (rest ? either(each, rest) : each),
    undefined,
  );
  const type = folded === undefined ? first : either(first as OptionType, folded);
  return type as OptionType<ValueOf<L[number]>, DefinitionOf<L[number]>>; // The tuple is not empty.
}

/**
 * Values of one type, converted from another: each definition that `from`
 * accepts is converted before the definitions are merged as `to`.
 */
export function coercedTo<TF, DF, T, D>(
  from: TypeLike<TF, DF>,
  convert: (value: DF) => NoInfer<D>,
  to: TypeLike<T, D>,
): OptionType<T, D | DF> {
  const fromType = toOptionType(from);
  const toType = toOptionType(to);
  const type: OptionType<T, D | DF> = defineType({
    ...toType,
    name: "coercedTo",
    description: `${nestedDescription(toType)} or ${nestedDescription(fromType)} convertible to it`,
    phrase: "conjunction",
    accepts: (value) => fromType.accepts(value) || toType.accepts(value),
    merge(definitions, site) {
      const counted = toType.hasFields === true ? definitions : strongest(definitions);
      const refused = strongest(definitions).filter(({ value }) => !type.accepts(value));
      if (refused.length > 0) return failMismatch(type, refused, site);
      const converted = counted.map((each) => convertOne(each, { fromType, convert: convert as Convert, site }));
      const valid = converted.filter((each) => each !== undefined);
      return valid.length < converted.length ? NO_VALUE : toType.merge(valid, site);
    },
    combine: () => undefined,
    jsonSchema: () => ({ anyOf: [toType.jsonSchema(), fromType.jsonSchema()] }),
    payload: [fromType, toType],
    plain: false,
  });
  return type;
}

type Convert = (value: unknown) => unknown;

interface Converting {
  readonly fromType: OptionType;
  readonly convert: Convert;
  readonly site: MergeSite;
}

function convertOne(definition: Definition, { fromType, convert, site }: Converting): Definition | undefined {
  if (!fromType.accepts(definition.value)) return definition;
  try {
    return { ...definition, value: convert(definition.value) };
  } catch (refusal) {
    const thrown = showableThrown(refusal);
    const reason = thrown instanceof Error ? thrown.message : String(thrown);
    site.fail({
      code: "coercion-failed",
      message: `Cannot convert the definition of "${renderPath(site.path)}": ${reason}`,
      marks: definitionMarks([definition], site.path),
      fix: "Write a value that the option takes; firn option shows which",
      cause: thrown,
    });
    return undefined;
  }
}
