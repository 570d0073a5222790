import type { Place } from "@firn/diagnostic";
import type { PackageRequest, PackageSource } from "@firn/package-manager";
import type { Requirement } from "./requirement.ts";
import type { Transport } from "./source-url.ts";

/** What one entry below `inputs` says. */
export interface InputDeclaration {
  /** What is asked for; missing with `follows`, and where only inputs of the input are overridden. */
  readonly want?: Requirement;
  /** Path, from the flake that declares it, of the input to be instead; empty for that flake itself. */
  readonly follows?: string;
  /** Addresses to try when the first does not answer. */
  readonly mirrors: readonly string[];
  /** What replaces inputs of this input, by name, to any depth. */
  readonly inputs: Readonly<Record<string, InputDeclaration>>;
  readonly place: Place;
}

/** What an entry below `inputs` says that is a source of packages. */
export interface SourceDeclaration {
  /** Its keyring is a path from the flake, not an absolute one. */
  readonly source: PackageSource;
  /** Whether packages come from it only where a definition names it. */
  readonly isOnRequest: boolean;
  readonly place: Place;
}

/** A development shell: packages that `firn develop` runs programs of. */
export interface ShellDeclaration {
  readonly packages: readonly PackageRequest[];
  /** Names of the sources that packages come from without being named; missing: all that are not on request. */
  readonly sources?: readonly string[];
  /** Those of machines that use it; missing: all that its sources have in common. */
  readonly architectures?: readonly string[];
  /** Variables that it sets. */
  readonly environment: Readonly<Record<string, string>>;
  readonly place: Place;
}

/** What a flake.yaml says. */
export interface FlakeManifest {
  readonly name?: string;
  readonly description?: string;
  /** Transports that inputs of inputs may use too; those of this flake itself may use any. @default https and ssh */
  readonly transports: readonly Transport[];
  readonly inputs: Readonly<Record<string, InputDeclaration>>;
  /** Sources of packages, which stand among the inputs in the text; those of other flakes than the root are ignored. */
  readonly sources: Readonly<Record<string, SourceDeclaration>>;
  /** OCI registries that are asked for files of packages before any mirror: "registry.example:5000/firn"; those of other flakes than the root are ignored. */
  readonly caches: readonly string[];
  /** Development shells; those of other flakes than the root are ignored. */
  readonly shells: Readonly<Record<string, ShellDeclaration>>;
  /** Inputs of this flake that those who depend on it do not get. */
  readonly devInputs: Readonly<Record<string, InputDeclaration>>;
  /** Versions of this flake that must not be chosen any more. */
  readonly retracted: readonly string[];
}
