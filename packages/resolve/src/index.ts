export { lockInputs } from "./lock-inputs.ts";
export type { LockOutcome, LockRequest } from "./lock-request.ts";
export type {
  ExportRequest,
  Fetcher,
  InputTree,
  LocalReader,
  LocalTree,
  Outcome,
  Source,
  TreeExporter,
  TreeRequest,
} from "./fetcher.ts";
