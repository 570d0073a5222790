import { defineModule, evaluate, types } from "@firn/module-system";
import { mkIf } from "@firn/definition";
import { option } from "@firn/option";
import { describe, expect, test } from "vitest";

const files = defineModule({
  name: "files",
  options: {
    size: option({ type: types.int, default: 1 }),
    files: option({
      type: types.attrsOf(types.submodule({ options: { text: option({ type: types.str }) } })),
      default: {},
    }),
  },
});
const host = defineModule({
  name: "host",
  imports: [files],
  config({ config }, define) {
    define({ size: 5 });
    const { size } = config;
    define({ files: { motd: { text: `size ${size}` }, never: mkIf(false, { text: "" }) } });
  },
});

describe("members", () => {
  const evaluation = evaluate({ modules: [host] });

  test("lists the definitions of each member, by the property that it is", () => {
    const members = evaluation.members(["files"]);
    expect(members.map(({ key, module, place }) => [key, module, place.property])).toEqual([
      ["motd", "host", ["files", "motd"]],
      ["never", "host", ["files", "never"]],
    ]);
    expect(members[0]?.place.capture?.stack).toContain("member-origins.test.ts:22:");
  });

  test("lists those that a list names, where the option takes one", () => {
    const named = types.attrsOf(types.submodule({ options: {} }));
    const convert = (names: readonly unknown[]) => Object.fromEntries(names.map((name) => [name, {}]));
    const packages = defineModule({
      name: "packages",
      options: { packages: option({ type: types.coercedTo(types.listOf(types.str), convert, named), default: {} }) },
      config: (_, define) => define({ packages: ["git", "zsh"] }),
    });
    const members = evaluate({ modules: [packages] }).members(["packages"]);
    expect(members.map(({ key, place }) => [key, place.property])).toEqual([
      ["git", ["packages", "0"]],
      ["zsh", ["packages", "1"]],
    ]);
  });

  test("says what was read before, and where that was defined", () => {
    const reads = evaluation.members(["files"])[0]?.reads ?? [];
    expect(reads.map(({ path, value }) => [path, value])).toEqual([[["size"], 5]]);
    expect(reads[0]?.definitions[0]?.place.capture?.stack).toContain("member-origins.test.ts:20:");
  });

  test("lists none where no option has members", () => {
    expect(evaluation.members(["size"])).toEqual([]);
    expect(evaluation.members(["nothing"])).toEqual([]);
  });
});
