import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { listExamples, parseExamples } from "./readme-examples.ts";

test("parseExamples finds TypeScript alone, with the line where it starts", () => {
  const markdown = "# A\n\n```sh\nls\n```\n\n```ts\na();\n```\n\ntext\n\n```ts\nb();\nc();\n```\n";
  expect(parseExamples(markdown)).toEqual([
    { line: 8, text: "a();\n" },
    { line: 14, text: "b();\nc();\n" },
  ]);
});

describe("this workspace has examples that run:", () => {
  const examples = listExamples(process.cwd());

  test.each(examples)("$name", async ({ folder, name, text }) => {
    // Below the package, so that what it imports is found as its own code would find it.
    const path = join(process.cwd(), folder, "dist/examples", `${name.replaceAll(/\W/g, "-")}.ts`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    await expect(import(path)).resolves.toBeDefined();
  });
});
