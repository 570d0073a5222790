import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["{packages,modules,hosts,tools,bench}/**/*.test.ts"],
    exclude: ["**/node_modules/**", "**/dist/**", "**/fixtures/**"],
    globalSetup: "tools/test-setup.ts",
    // Longer than any test takes where many programs run at once: a limit is there for what never ends.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Tests share no state but what their files import, so that one thread runs many files after one another.
    pool: "threads",
    isolate: false,
    reporters: ["default", ["json", { outputFile: "dist/vitest.json" }]],
  },
});
