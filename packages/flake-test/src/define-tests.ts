import type { Expect } from "./expectation.ts";
import type { TestedHost } from "./tested-host.ts";

/** What a test is given. */
export interface TestContext {
  /** A bare machine that was booted for this test alone: its host was not switched yet. */
  readonly host: TestedHost;
  /** Says what a value has to be. */
  readonly expect: Expect;
}

/** Uses a machine; it fails by throwing, which a disappointed `expect` does. */
export type HostTest = (context: TestContext) => Promise<void> | void;

/** The tests of a host. */
export interface HostTests {
  /**
   * Packages of Debian that the machine has from the start, besides those that every test machine has.
   *
   * @default none
   */
  readonly packages?: readonly string[];
  /** Tests by what they say of the host, such as "serves its page"; run in this order. */
  readonly tests: Readonly<Record<string, HostTest>>;
}

/**
 * Defines the tests of a host: the default export of `host-test.ts` beside the
 * file of the host. `firn test` runs them, each on a machine of its own.
 */
export function defineTests(tests: HostTests): HostTests {
  return tests;
}
