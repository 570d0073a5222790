import { defineModule, types } from "@firn/module-system";
import { option } from "@firn/option";
import { declareValue, defining } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const text = declareValue(types.str);

const tellingClass = defineModule({
  imports: [text],
  config({ class: kind }, define) {
    define({ value: kind ?? "none" });
  },
});

const nixos = defineModule({ name: "nixos module", class: "nixos" });
const darwin = defineModule({ name: "foo.nix#darwinModules.default", class: "darwin" });

const foo = option({ type: types.str, default: "bar" });
const bar = option({ type: types.str, default: "foo" });
/** A module for several classes is a function of the class: imports and options are data. */
const moduleFor = (kind: "nixos" | "darwin") =>
  defineModule({ class: kind, options: kind === "nixos" ? { foo } : { bar } });

const ofNixos = declareValue(types.submodule({ class: "nixos" }));
const nixosSubmodule = declareValue(types.submodule({ imports: [moduleFor("nixos")] }));
const darwinSubmodule = declareValue(types.submodule({ imports: [moduleFor("darwin")] }));

/** Kinds of configuration, which modules may be made for. */
export const moduleClassCases: readonly TestCase[] = [
  {
    title: "A module of the class that is evaluated is taken",
    check: 306,
    modules: [nixos],
    class: "nixos",
    path: [],
    expected: {},
  },
  {
    title: "A config function knows the class",
    check: [307, 364],
    modules: [tellingClass],
    class: "nixos",
    path: "value",
    expected: "nixos",
  },
  {
    title: "A module of another class is refused by name",
    check: 309,
    modules: [darwin],
    class: "nixos",
    error: "module-class-mismatch",
    message: /"foo.nix#darwinModules.default" of class "darwin" into a configuration of class "nixos"/,
  },
  {
    title: "An imported module of another class is refused, and the importer is shown first",
    modules: [defineModule({ name: "importer", imports: [darwin] })],
    class: "nixos",
    error: "module-class-mismatch",
    by: ["importer", "foo.nix#darwinModules.default"],
  },
  {
    title: "A module of another class is refused although it is disabled",
    modules: [darwin, defineModule({ disabledModules: [darwin] })],
    class: "nixos",
    error: "module-class-mismatch",
  },
  {
    title: "An evaluation without a class takes modules of any",
    modules: [nixos, darwin, tellingClass],
    path: "value",
    expected: "none",
  },
  {
    title: "A submodule of a class takes definitions by modules of it",
    check: 310,
    modules: [defining(ofNixos)({ value: nixos })],
    path: "value",
    expected: {},
  },
  {
    title: "A submodule of a class refuses definitions by modules of another",
    modules: [defining(ofNixos)({ value: darwin })],
    error: "module-class-mismatch",
  },
  {
    title: "Two submodule types of different classes do not merge",
    check: 312,
    modules: [ofNixos, declareValue(types.submodule({ class: "darwin" }))],
    error: "already-declared",
    blames: "value",
  },
  {
    title: "A submodule type of a class merges with one of none",
    modules: [ofNixos, declareValue(types.submodule({ imports: [tellingClass] }))],
    path: "value.value",
    expected: "nixos",
  },
  {
    title: "A function makes the module of one class",
    differs: 365,
    modules: [moduleFor("nixos")],
    class: "nixos",
    path: [],
    expected: { foo: "bar" },
  },
  {
    title: "The module of another class has none of its options",
    differs: 367,
    modules: [moduleFor("darwin")],
    class: "darwin",
    absent: "foo",
  },
  {
    title: "The same function makes the module of another class",
    differs: 368,
    modules: [moduleFor("darwin")],
    class: "darwin",
    path: "bar",
    expected: "foo",
  },
  {
    title: "A submodule is of the class of the module that was made for it",
    differs: 370,
    modules: [nixosSubmodule],
    path: "value.foo",
    expected: "bar",
  },
  {
    title: "A submodule has no option of another class",
    differs: 371,
    modules: [nixosSubmodule],
    absent: "value.bar",
  },
  {
    title: "A submodule of another class has the options of that class",
    differs: 373,
    modules: [darwinSubmodule],
    path: "value.bar",
    expected: "foo",
  },
];
