export { type AptOptions, openApt } from "./open-apt.ts";
export { compareVersions } from "./compare-versions.ts";
