import type { Diagnostic } from "@firn/diagnostic";

const contraction =
  /\b(?:[a-z]+n['’]t|(?:it|that|there|here|what|who|let)['’]s|(?:you|we|they)['’](?:re|ve|ll|d)|I['’]m)\b/i;

/** Lists in what a problem breaks the rules for texts: "Cannot …" for errors, no full stop, no contractions. */
export function findWordingFaults({ severity, message, why = [], fix, marks }: Diagnostic): string[] {
  const texts = [message, ...why, ...(fix === undefined ? [] : [fix]), ...marks.map(({ role }) => role)];
  return [
    ...(severity === "error" && !message.startsWith("Cannot ") ? [`not "Cannot …": ${message}`] : []),
    ...texts.filter((text) => text.endsWith(".")).map((text) => `full stop: ${text}`),
    ...texts.filter((text) => contraction.test(text)).map((text) => `contraction: ${text}`),
    ...texts.filter((text) => text.trim() === "").map(() => "empty text"),
  ];
}
