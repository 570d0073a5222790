export { type ConfigOf, defineModule, type Definitions, isModule, type Module } from "@firn/module-system";
export { mkEnableOption, types } from "@firn/module-system";
export { type Attrs, type JsonValue, option, type Option, type OptionType, type TomlValue } from "@firn/option";
export {
  lazy,
  mkAfter,
  mkBefore,
  mkDefault,
  mkDefinition,
  mkForce,
  mkIf,
  mkMerge,
  mkOptionDefault,
  mkOrder,
  mkOverride,
  type Wrapped,
} from "@firn/definition";
export {
  mkAliasOptionModule,
  mkChangedOptionModule,
  mkMergedOptionModule,
  mkRemovedOptionModule,
  mkRenamedOptionModule,
} from "@firn/module-system";
export { evaluate, type Evaluation } from "@firn/module-system";
export { defineTests, type HostTest, type HostTests, type TestContext, type TestedHost } from "@firn/flake-test";

declare global {
  /**
   * Names of the packages that the sources of a flake have. `firn lock` writes
   * them to `.firn/types/packages.d.ts`, where no import of this package leads.
   */
  interface FirnPackageNames {}
}

/** Name of a package; any text, until a lock has told which there are. */
export type PackageName = [keyof FirnPackageNames] extends [never] ? string : keyof FirnPackageNames;
