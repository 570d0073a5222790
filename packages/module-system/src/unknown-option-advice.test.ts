import { defineModule, evaluate, mkEnableOption } from "@firn/module-system";
import { describe, expect, test } from "vitest";
import { conditionProblem } from "./condition-problem.ts";
import { renderNested } from "./render-nested.ts";

const nginx = defineModule({ options: { services: { nginx: { enable: mkEnableOption("nginx") } } } });

function adviceFor(definitions: object): readonly unknown[] {
  const host = defineModule({ imports: [nginx], config: (_, define) => define(definitions) });
  const [problem] = evaluate({ modules: [host] }).diagnostics;
  return [...(problem?.why ?? []), problem?.fix];
}

describe("adviseUnknown", () => {
  test.each([
    [{ service: {} }, 'Did you mean "services"? If not, import the module that declares it'],
    [{ nginx: {} }, 'Did you mean "services.nginx"? If not, import the module that declares it'],
    [{ config: { services: {} } }, 'Leave out the level "config": what it contains belongs one level higher'],
    [{ "services.nginx": {} }, "Write the path as nested objects: { services: { nginx: … } }"],
    [{ imports: [] }, "Give imports to defineModule, beside config"],
  ])("for %o", (definitions, fix) => expect(adviceFor(definitions)).toEqual([fix]));

  test("lists the options where no name is near", () => {
    expect(adviceFor({ networking: {} })[0]).toBe("The only options at the top are services");
  });

  test("sends an argument that nobody asks for to the module that reads it", () => {
    expect(adviceFor({ _module: { args: { domain: "a" } } })[1]).toContain("args: { domain: types.str }");
  });
});

describe("conditionProblem", () => {
  test.each([
    ["a", 'Compare explicitly, for example value !== ""'],
    [1, "Compare explicitly, for example value > 0"],
    [[], "Compare explicitly, for example value.length > 0"],
    [null, "Compare explicitly, for example value !== null"],
    [() => true, "Call the function, or let it be called later: mkIf(lazy(() => …), …)"],
  ])("advises for %o", (condition, fix) => expect(conditionProblem(condition).fix).toBe(fix));
});

test("renderNested quotes names that are none", () => {
  expect(renderNested(["hosts", "a.example"], "1")).toBe('{ hosts: { "a.example": 1 } }');
});
