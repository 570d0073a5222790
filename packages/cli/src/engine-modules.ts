/** What host code is not bundled with: the process that evaluates has one of each. */
export const sharedModules: readonly string[] = ["firn", "zod"];
