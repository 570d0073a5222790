import { mkDefault, mkForce } from "@firn/definition";
import { defineModule, mkEnableOption, types } from "@firn/module-system";
import { option } from "@firn/option";
import { declareValue, defining, untyped } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const value = option({ type: types.int, default: 0 });
const enable = mkEnableOption("it");
const both = defineModule({ options: { enable, value } });
const inSet = defineModule({ options: { set: { enable, value } } });

/** Defines what is declared, and knows no more of the modules around it. */
const adapting = defineModule({
  imports: [defineModule({ options: { value } })],
  config({ options }, define) {
    define({ value: "enable" in options ? 360 : 7 });
    if ("enable" in options) define(untyped({ enable: true }));
  },
});

const adaptingInSet = defineModule({
  config({ options }, define) {
    const { set = {} } = options as { set?: object };
    if ("enable" in set) define(untyped({ set: { enable: true, value: 360 } }));
  },
});

const onlyEnable = defineModule({ options: { enable } });

const declared = declareValue(types.int);
const priorityTeller = defineModule({
  imports: [declared],
  options: { priority: option({ type: types.int }), defined: option({ type: types.bool }) },
  config({ options }, define) {
    define({ priority: options.value.highestPriority, defined: options.value.isDefined });
  },
});

/** What modules can know of options beside their values. */
export const optionExistenceCases: readonly TestCase[] = [
  {
    title: "A module defines an option only if it is declared",
    check: 185,
    modules: [onlyEnable, adapting],
    path: "enable",
    expected: true,
  },
  {
    title: "A value depends on whether an option is declared",
    check: 186,
    modules: [onlyEnable, adapting],
    path: "value",
    expected: 360,
  },
  { title: "An option that is not declared is not defined", modules: [adapting], path: [], expected: { value: 7 } },
  {
    title: "A module defines an option of a set only if it is declared",
    check: 188,
    modules: [inSet, adaptingInSet],
    path: "set.enable",
    expected: true,
  },
  {
    title: "So it does with another option of the set",
    check: 189,
    modules: [inSet, adaptingInSet],
    path: "set.value",
    expected: 360,
  },
  {
    title: "A set that is not declared is left alone",
    modules: [both, adaptingInSet],
    path: [],
    expected: { enable: false, value: 0 },
  },
  {
    title: "A module can ask for the priority of an option, and whether it is defined",
    modules: [defining(declared)({ value: mkForce(1) }), priorityTeller],
    path: [],
    expected: { value: 1, priority: 50, defined: true },
  },
  {
    title: "An option that nobody defines has the priority 9999",
    modules: [priorityTeller],
    path: [],
    expected: { priority: 9999, defined: false },
  },
  {
    title: "The strongest definition decides what the priority is",
    modules: [defining(declared)({ value: mkDefault(1) }), defining(declared)({ value: 2 }), priorityTeller],
    path: "priority",
    expected: 100,
  },
];
