import { explainedStr } from "@modules/explained-types";
import { defineModule, evaluate, option, type OptionType, types } from "firn";
import { expect, test } from "vitest";

const color = explainedStr({
  description: "color",
  check: (text) => (text.startsWith("#") ? undefined : 'A color starts with "#"'),
  advise: (text) => `Write "#${text}"`,
});

test.each<[where: string, type: OptionType, value: unknown]>([
  ["alone", color, "ff0000"],
  ["in a list", types.listOf(color), ["#000000", "ff0000"]],
  ["where null is possible", types.nullOr(color), "ff0000"],
])("explainedStr says what is wrong with a text %s, and what to write", (_where, type, value) => {
  const { diagnostics } = evaluate({
    modules: [
      defineModule({
        options: { color: option({ type }) },
        config: (_, define) => define({ color: value }),
      }),
    ],
  });
  expect(diagnostics).toMatchObject([{ why: ['A color starts with "#"'], fix: 'Write "#ff0000"' }]);
});
