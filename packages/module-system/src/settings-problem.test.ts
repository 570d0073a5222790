import { defineModule } from "@firn/module-system";
import { describe, expect, test } from "vitest";
import { settingsProblems } from "./settings-problem.ts";

const problemsOf = (settings: object) => settingsProblems(defineModule(settings));

describe("settingsProblems", () => {
  test("are none where everything has its kind, or is not there", () => {
    const settings = { name: "a", class: "b", key: "c", imports: [], disabledModules: [], args: {}, options: {} };
    expect(problemsOf({ ...settings, config: () => undefined })).toEqual([]);
    expect(problemsOf({ imports: undefined })).toEqual([]);
  });

  test.each([
    [{ import: [] }, 'Did you mean "imports"?'],
    [{ services: {} }, "Define it in the function: config(_, define) { define({ services: … }); }"],
    [{ config: {} }, "Write config(_, define) { define({ … }); }"],
    [{ imports: () => [] }, "Write imports: [ … ]; to import by a condition, put it inside the module"],
    [{ args: [] }, "Write args: { name: types.str }"],
  ])("advise for %o", (settings, fix) => expect(problemsOf(settings)).toMatchObject([{ code: "bad-module", fix }]));
});
