import { structuredPatch } from "diff";

/** What a content diff is drawn from. */
export interface Contents {
  readonly before: string;
  readonly after: string;
}

/** Lines of a diff, each with "+", "-" or " " in front, and "…" between parts that are far apart. */
export function diffLines({ after, before }: Contents, context = 1): string[] {
  const { hunks } = structuredPatch("", "", before, after, "", "", { context });
  return hunks.flatMap(({ lines }, index) => [
    ...(index > 0 ? ["…"] : []),
    ...lines.filter((line) => !line.startsWith("\\")),
  ]);
}

/** Tells whether a content can be shown as lines: not binary, not endless. */
export function isShowable(content: Uint8Array): boolean {
  return content.length <= 1_000_000 && !content.subarray(0, 8000).includes(0);
}
