import type { Diagnostic, Mark } from "@firn/diagnostic";
import { showPlace } from "./show-value.ts";

/** Shows a diagnostic as data; its places still have to be looked up, and its cause stays behind. */
export function showDiagnostic({ cause: _stays, ...diagnostic }: Diagnostic): object {
  return { ...diagnostic, marks: diagnostic.marks.map(showMark) };
}

/** Shows a mark as data. */
export function showMark({ role, place }: Mark): object {
  return { role, place: showPlace(place) };
}
