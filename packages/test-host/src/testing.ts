import { describe } from "vitest";
import { whyNoTestHosts } from "./why-no-test-hosts.ts";

/**
 * Describes tests that start hosts: where there can be none they are skipped
 * with the reason, but in CI, where they have to run, starting a host fails.
 */
export function describeWithHosts(title: string, body: () => void): void {
  const reason = process.env["CI"] === "true" ? undefined : whyNoTestHosts();
  const suite = reason === undefined ? describe : describe.skip;
  suite(reason === undefined ? title : `${title} (skipped: ${reason})`, body);
}
