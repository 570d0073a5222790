/** A module that host code imports without bringing it: the process that evaluates has one of each. */
interface SharedModule {
  /** Name that it is imported by. */
  readonly name: string;
  /** Folder and name of its script, below the evaluator's folder. */
  readonly script: string;
}

/** The modules with a script of their own, which is loaded where a bundle requires it; the engine brings `firn`. */
const scripted: readonly SharedModule[] = [
  { name: "zod", script: "zod" },
  { name: "@firn/unit", script: "unit" },
  { name: "@firn/format", script: "format" },
];

/** What host code is not bundled with. */
export const sharedModules: readonly string[] = ["firn", ...scripted.map(({ name }) => name)];

/** Names of the modules with a script, in the order in which they are loaded. */
export const scriptedModules: readonly string[] = scripted.map(({ name }) => name);

/** Names of the scripts that decide what host code gets: the engine's, and those of the modules. */
export const evaluatorScripts: readonly string[] = ["engine", ...scripted.map(({ script }) => script)];

/** Lists the modules with a script that the code of a bundle requires. */
export function findRequired(code: string): string[] {
  return scriptedModules.filter((name) => code.includes(`require(${JSON.stringify(name)})`));
}

/** Finds the script of a module. */
export function scriptOf(module: string): string {
  return scripted.find(({ name }) => name === module)?.script ?? module;
}
