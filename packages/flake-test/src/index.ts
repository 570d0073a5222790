export { defineTests, type HostTest, type HostTests, type TestContext } from "./define-tests.ts";
export type { CommandOptions, CommandResult, Page, TestedHost } from "./tested-host.ts";
export type { Expect, Expectation } from "./expectation.ts";
