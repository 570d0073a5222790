import { config } from "zod";

export * from "zod";

// The settings are those of all modules that use zod: none sets them for the others.
Object.freeze(config());
