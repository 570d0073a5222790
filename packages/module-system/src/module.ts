import { capturePlace, hasMark, type Place } from "@firn/diagnostic";
import type { AnyOption, OptionType, TypeLike } from "@firn/option";
import type { ConfigOf, DeclaredBy, Definitions, OptionsOf } from "./module-shape.ts";

const MARK: unique symbol = Symbol.for("firn.Module") as never;

/** Nested option declarations. */
export interface OptionTree {
  readonly [name: string]: AnyOption | OptionTree;
}

/** Types of the arguments that a module asks for, by name. */
export interface ArgumentTypes {
  readonly [name: string]: TypeLike;
}

/** What a module's `config` function is given. */
export interface ConfigArguments<O> {
  /** The configuration so far: every option's merged value. */
  readonly config: ConfigOf<O>;
  /** What is known of each option: whether and by whom it is defined. */
  readonly options: OptionsOf<O>;
  /** The arguments that the module and its imports ask for. */
  readonly args: O extends { readonly _module: { readonly args: infer A } } ? ConfigOf<A, "args"> : object;
  /** The name under which a submodule stands; of a host, the host's. */
  readonly name: string;
  /** The option path under which a submodule stands; empty for a host. */
  readonly path: readonly string[];
  /** The class of configuration being evaluated, if it has one. */
  readonly class: string | undefined;
  /** Makes the evaluation fail with a message unless a condition holds. */
  readonly assert: (condition: boolean, message: string) => void;
  /** Shows a message with the result. */
  readonly warn: (message: string) => void;
}

/** Takes definitions; may be called any number of times. */
export type Define<O> = (definitions: Definitions<"", O>) => void;

/** What `defineModule` takes. */
export interface ModuleSettings<I extends readonly Module[], O, A extends ArgumentTypes, F> {
  /** Shown in messages. @default the name of the file */
  readonly name?: string;
  /** Kind of configuration the module belongs to; modules of another class cannot be imported together. */
  readonly class?: string;
  /** Identity of the module where two objects are to count as one. @default the object itself */
  readonly key?: string;
  /** Modules that this one needs; they come before it in the order of definitions. */
  readonly imports?: I;
  /** Modules, or keys of modules, to leave out wherever they are imported. */
  readonly disabledModules?: readonly (Module | string)[];
  /** Types of the arguments that `config` reads from `args`. */
  readonly args?: A;
  /** Type of the set of all names that no option declares; without it such names are errors. */
  readonly freeform?: TypeLike<F, unknown> & { readonly "~definition"?: unknown };
  /** Declared options, nested by path. */
  readonly options?: O;
  /** Reads the configuration and defines options; runs again when what it read changes, so it must be pure. */
  config?(args: ConfigArguments<DeclaredBy<I, O, A, F>>, define: Define<DeclaredBy<I, O, A, F>>): void;
}

/** A module: imports, option declarations and definitions. `O` is the options it and its imports declare. */
export interface Module<out O = unknown> {
  readonly [MARK]: true;
  /** Phantom: exists for the compiler only. */
  readonly "~options": O;
  /** What `defineModule` was given. */
  readonly settings: AnySettings;
  /** Where it was defined. */
  readonly place: Place;
}

/** Module settings as evaluation sees them: nothing is known of their types. */
export interface AnySettings {
  readonly name?: string;
  readonly class?: string;
  readonly key?: string;
  readonly imports?: readonly unknown[];
  readonly disabledModules?: readonly unknown[];
  readonly args?: ArgumentTypes;
  readonly freeform?: OptionType;
  readonly options?: unknown;
  config?(args: unknown, define: (definitions: unknown) => void): unknown;
}

/**
 * Defines a module.
 *
 * Nothing is evaluated here; problems of the module are reported by `evaluate`.
 *
 * @example
 * ```ts
 * export default defineModule({
 *   imports: [firewall],
 *   options: { services: { nginx: { enable: mkEnableOption("nginx") } } },
 *   config({ config }, define) {
 *     if (!config.services.nginx.enable) return;
 *     define({ networking: { firewall: { allowedTCPPorts: [80] } } });
 *   },
 * });
 * ```
 */
export function defineModule<
  const I extends readonly Module[] = readonly [],
  O extends OptionTree = Record<never, never>,
  A extends ArgumentTypes = Record<never, never>,
  F = never,
>(settings: ModuleSettings<I, O, A, F>): Module<DeclaredBy<I, O, A, F>> {
  return makeModule(settings as AnySettings, { capture: capturePlace(defineModule) }) as never; // Phantom.
}

/** Makes a module of settings and the place it came from. */
export function makeModule(settings: AnySettings, place: Place): Module {
  return Object.freeze({ [MARK]: true, settings, place }) as unknown as Module; // Phantoms have no value.
}

/** Tells whether a value is a module, also one from another copy of this package. */
export function isModule(value: unknown): value is Module {
  return hasMark(value, MARK);
}
