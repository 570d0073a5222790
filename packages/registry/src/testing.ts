export { TestRegistry } from "./test-registry.ts";
