import { describe, expect, test } from "vitest";
import { readJob, renderJob } from "./job.ts";

const job = {
  name: "firn:a",
  hosts: [{ name: "web", chunk: "w" }],
  question: { kind: "problems" },
  modules: [],
} as const;

describe("readJob", () => {
  test.each([undefined, Buffer.from([1, 2, 3])])(
    "gives what renderJob was given, with the compiled form %o",
    (compiled) => {
      const bytes = renderJob({ job, code: "{ ä }", compiled });
      let at = 0;
      const read = (size: number): Buffer => bytes.subarray(at, (at += size));
      const found = readJob(read);
      expect(found.job).toEqual(job);
      expect(found.code).toBe("{ ä }");
      expect(found.compiled === undefined ? undefined : Buffer.from(found.compiled)).toEqual(compiled);
      expect(at).toBe(bytes.length);
    },
  );
});
