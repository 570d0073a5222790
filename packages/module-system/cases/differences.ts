/** A check whose outcome is another in Firn, on purpose. */
export interface Difference {
  readonly check: number;
  readonly reason: string;
  /** What Firn does instead; a case shows it. */
  readonly instead: string;
}

const importsAreData =
  "Imports and options are data: tools read them without running anything, and the compiler knows them";
const noLazySets =
  "Evaluation runs in rounds over plain code, so that a set is known with all its members or not at all";
const noCompatibility = "The set of undeclared names is no such value; nothing has to be kept working";

/** The checks that Firn differs from, with the reason; every other one that applies holds. */
export const differences: readonly Difference[] = [
  {
    check: 125,
    reason: importsAreData,
    instead: "A condition on an argument decides about definitions, not about imports",
  },
  {
    check: 166,
    reason: "A definition is nothing but definitions, so that no option's name can be taken for syntax",
    instead: "An option named config is defined like any other; a module is given as a module",
  },
  {
    check: 167,
    reason: "A definition is nothing but definitions, so that no option's name can be taken for syntax",
    instead: "The outer config is the option of that name",
  },
  { check: 192, reason: noLazySets, instead: "A member that throws is an error of its set" },
  { check: 194, reason: noLazySets, instead: "A name whose condition is false is not there" },
  { check: 195, reason: noLazySets, instead: "A name whose condition is false is not there, and has no empty value" },
  { check: 198, reason: "Rounds find the value: there is no cycle", instead: "The member is computed from the other" },
  {
    check: 213,
    reason: "Rounds find the value: there is no cycle",
    instead: "The undeclared name is there when its condition holds",
  },
  ...[219, 221, 225, 227, 231, 233].map((check) => ({ check, reason: noCompatibility, instead: "It is a type error" })),
  {
    check: 267,
    reason: "Plain code repeats itself without end where a variant repeats the definitions around it",
    instead: "A variant has the options of the module, and what is defined in it",
  },
  {
    check: 268,
    reason: "Plain code repeats itself without end where a variant repeats the definitions around it",
    instead: "A variant within a variant has what is defined in it",
  },
  ...[270, 271, 273, 274].map((check) => ({
    check,
    reason: noLazySets,
    instead: "A name whose condition is false is not there",
  })),
  ...[298, 300, 301].map((check) => ({
    check,
    reason:
      "Which options there are never depends on the configuration, so that the editor and the documentation know them",
    instead: "Declarations and types are values of JavaScript, shared and combined before evaluation",
  })),
  {
    check: 324,
    reason: "The same object is the same module: a diamond of imports is normal in TypeScript",
    instead: "A module imported twice is applied once; a second module is made by a second call",
  },
  {
    check: 328,
    reason: "A declaration made by a function has no line of its own, but the call that holds it has",
    instead: "It has the line of its module",
  },
  ...[365, 367, 368, 370, 371, 373].map((check) => ({
    check,
    reason: importsAreData,
    instead: "A module for several classes is a function of the class",
  })),
  {
    check: 374,
    reason: "There is one way to ask about values, by path, and no second tree beside the configuration",
    instead: "What is known of an option is asked by its path",
  },
  {
    check: 376,
    reason: "There is one way to ask about values, by path, and no second tree beside the configuration",
    instead: "The value itself has as many elements",
  },
];
