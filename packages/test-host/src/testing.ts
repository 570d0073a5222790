import { describe, test } from "vitest";
import { whyNoTestHosts } from "./why-no-test-hosts.ts";

/**
 * Describes tests that start hosts: where there can be none they are skipped
 * with the reason, but in CI, where they have to run, they fail with it.
 */
export function describeWithHosts(title: string, body: () => void): void {
  const reason = whyNoTestHosts();
  if (reason === undefined) {
    describe(title, body);
  } else if (process.env["CI"] === "true") {
    describe(title, () => {
      test("has hosts to run on", () => {
        throw new Error(`Cannot start test hosts, which CI has to: ${reason}`);
      });
    });
  } else {
    describe.skip(`${title} (skipped: ${reason})`, body);
  }
}
