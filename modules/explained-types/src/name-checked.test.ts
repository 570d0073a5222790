import { nameChecked } from "@modules/explained-types";
import { defineModule, evaluate, mkDefault, option, types } from "firn";
import { describe, expect, test } from "vitest";

const person = types.submodule({ options: { age: option({ type: types.int, default: 0 }) } });
const checked = nameChecked(person, {
  kind: "a person",
  check: (name) => (name === name.toLowerCase() ? undefined : "Names are in lower case"),
  advise: (name) => `Write "${name.toLowerCase()}"`,
});
const people = defineModule({ options: { people: option({ type: types.attrsOf(checked), default: {} }) } });

describe("nameChecked", () => {
  test("refuses a name at the very property that writes it, with its reason and its fix", () => {
    const bad = defineModule({
      imports: [people],
      config: (_, define) => define({ people: { ada: {}, Bob: { age: 3 } } }),
    });
    const { diagnostics } = evaluate({ modules: [bad] });
    expect(diagnostics).toMatchObject([
      {
        code: "type-mismatch",
        message: 'Cannot use "Bob" as the name of a person',
        optionPath: ["people", "Bob"],
        why: ["Names are in lower case"],
        fix: 'Write "bob"',
      },
    ]);
    expect(diagnostics[0]?.marks[0]?.place.property).toEqual(["people", "Bob"]);
  });

  test("leaves the members as they are: priorities reach into them", () => {
    const good = defineModule({
      imports: [people],
      config(_, define) {
        define({ people: mkDefault({ ada: { age: 1 } }) });
        define({ people: { ada: { age: 2 } } });
      },
    });
    const { config, diagnostics } = evaluate({ modules: [good] });
    expect({ diagnostics, age: config.people["ada"]?.age }).toEqual({ diagnostics: [], age: 2 });
  });
});
