import type { EngineModules } from "@firn/loader";

/** What host code shares with this process, so that there is one of each; loaded when a host is. */
export const engine: EngineModules = { firn: () => import("firn"), zod: () => import("zod") };
