import { mkDefault, mkForce, mkIf, mkMerge } from "@firn/definition";
import { defineModule, types } from "@firn/module-system";
import { option } from "@firn/option";
import { defining } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const fixed = defineModule({
  name: "declaration",
  options: { value: option({ type: types.int, default: 1, readOnly: true }) },
});
const once = defineModule({ name: "declaration", options: { value: option({ type: types.int, readOnly: true }) } });
const first = defining(once)({ value: 1 }, "first");

/** Options that take one definition. */
export const readOnlyCases: readonly TestCase[] = [
  { title: "A read-only option has its default", modules: [fixed], path: "value", expected: 1 },
  { title: "A read-only option may be defined once", modules: [first], path: "value", expected: 1 },
  {
    title: "A read-only option with a default cannot be defined",
    modules: [defining(fixed)({ value: 2 }, "defining")],
    error: "read-only",
    blames: "value",
    by: ["defining", "declaration"],
  },
  {
    title: "A read-only option cannot be defined twice, and the later definition is shown first",
    modules: [first, defining(once)({ value: 1 }, "second")],
    error: "read-only",
    by: ["second", "first"],
  },
  { title: "A forced definition does not help", modules: [defining(fixed)({ value: mkForce(2) })], error: "read-only" },
  {
    title: "A default is a definition too",
    modules: [first, defining(once)({ value: mkDefault(2) })],
    error: "read-only",
  },
  {
    title: "Two values in one mkMerge are two definitions",
    modules: [defining(once)({ value: mkMerge([1, 1]) })],
    error: "read-only",
  },
  {
    title: "A definition whose condition is false does not count",
    modules: [first, defining(once)({ value: mkIf(false, 2) })],
    path: "value",
    expected: 1,
  },
];
