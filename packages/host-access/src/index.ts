export { readAccounts, readActual } from "./read-actual.ts";
export { readPackages, readPackageStarts, readPackageUsers } from "./read-packages.ts";
export { probeScript } from "./probe-script.ts";
export { parseProbe } from "./parse-probe.ts";
export { scopeOf, type ScopeRequest } from "./scope-of.ts";
