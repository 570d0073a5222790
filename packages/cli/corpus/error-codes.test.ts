import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type DiagnosticCode, diagnosticCodes } from "@firn/diagnostic";
import { describe, expect, test } from "vitest";

const goldens = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".txt"))
  .map((path) => readFileSync(join(import.meta.dirname, path), "utf8"));
const page = readFileSync(join(import.meta.dirname, "../../../docs/errors.md"), "utf8");

/** What no command gives: nobody can provoke it, as far as is known, or tests alone meet it. */
const unprovoked: readonly DiagnosticCode[] = ["test-host-failed", "internal"];

describe("docs/errors.md", () => {
  test("explains every code once, and no other", () => {
    const explained = [...page.matchAll(/^### `(.*)`$/gm)].map(([, code]) => code);
    expect(explained.toSorted()).toEqual(diagnosticCodes.toSorted());
  });

  test("gives an example of its code in every section", () => {
    const sections = page.split(/^### /m).slice(1);
    const others = sections.filter((section) => {
      const [, code = ""] = /^`(.*)`/.exec(section) ?? [];
      return !section.includes(`[${code}]: `) && !unprovoked.some((each) => each === code);
    });
    expect(others).toEqual([]);
  });

  test("shows what the corpus gives", () => {
    const examples = [...page.matchAll(/^```text\n([\s\S]*?)\n```$/gm)].map(([, example = ""]) => example);
    const isUnprovoked = (example: string): boolean => unprovoked.some((code) => example.startsWith(`error[${code}]`));
    const others = examples.filter((example) => !isUnprovoked(example));
    expect(others.filter((example) => !goldens.some((golden) => golden.includes(example)))).toEqual([]);
  });
});

test("the corpus gives every code", () => {
  const given = new Set(
    goldens.flatMap((text) => [...text.matchAll(/^(?:error|warning)\[(.*?)\]/gm)].map(([, code]) => code)),
  );
  expect(diagnosticCodes.filter((code) => !given.has(code))).toEqual(unprovoked);
});
