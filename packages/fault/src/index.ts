export { countChanges, type FaultResult, failAt, type FaultOptions, killAt } from "./run-with-fault.ts";
