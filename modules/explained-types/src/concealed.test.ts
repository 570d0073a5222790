import { concealed, explainedStr } from "@modules/explained-types";
import { defineModule, evaluate, option, types } from "firn";
import { expect, test } from "vitest";

const check = (text: string): string | undefined => (text.startsWith("$") ? undefined : "It has no dollar");
const secret = defineModule({
  options: { secret: option({ type: concealed(types.nullOr(explainedStr({ description: "hash", check }))) }) },
});

test.each([
  ["a value of the wrong shape", ["hunter2"]],
  ["values that contradict each other", ["$hunter2", "$other"]],
])("concealed shows nothing of %s", (_what, values) => {
  const host = defineModule({
    imports: [secret],
    config(_, define) {
      for (const value of values) define({ secret: value });
    },
  });
  const { diagnostics } = evaluate({ modules: [host] });
  expect(diagnostics).toHaveLength(1);
  const shown = diagnostics.map(({ fix, marks, message, why }) => [message, why, fix, marks.map(({ role }) => role)]);
  expect(JSON.stringify(shown)).toContain("defined here");
  expect(JSON.stringify(shown)).not.toMatch(/hunter2|other/);
});

test("concealed gives what is right", () => {
  const host = defineModule({ imports: [secret], config: (_, define) => define({ secret: "$1" }) });
  expect(evaluate({ modules: [host] }).config.secret).toBe("$1");
});
