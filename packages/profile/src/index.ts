export { type CurrentGeneration, type Numbered, openProfile, type Profile } from "./profile.ts";
export { parseRecord, renderRecord } from "./switch-record.ts";
export { type ExpireOptions, findExpired } from "./expired-generations.ts";
