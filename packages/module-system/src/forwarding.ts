import { baseTypes, option, type Option } from "@firn/option";

const FORWARD: unique symbol = Symbol.for("firn.forward") as never;

/** What stands where an option was before it was renamed, changed or removed. */
export type Forward =
  | {
      readonly kind: "alias";
      readonly to: Path;
      readonly warn: boolean;
      readonly convert?: (value: unknown) => unknown;
    }
  /** Keeps its definitions, which a module turns into those of another option. */
  | { readonly kind: "merged"; readonly to: Path }
  | { readonly kind: "removed"; readonly text: string };

type Path = readonly string[];

/** Declares an option whose definitions go elsewhere. */
export function forwardingOption(forward: Forward): Option {
  const visible = forward.kind === "alias" && !forward.warn;
  return { ...option({ type: baseTypes.raw, visible }), [FORWARD]: forward } as Option; // See `findForward`.
}

/** Finds where the definitions of an option go, if elsewhere. */
export function findForward(declared: Option): Forward | undefined {
  return Reflect.get(declared, FORWARD) as Forward | undefined;
}
