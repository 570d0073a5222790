import { mkForce } from "@firn/definition";
import { defineModule, types } from "@firn/module-system";
import { option } from "@firn/option";
import { declareValue, defining } from "./case-modules.ts";
import type { TestCase } from "./test-case.ts";

const port = declareValue(types.port);
const checked = defineModule({
  name: "checked",
  imports: [port],
  config({ config, assert, warn }) {
    assert(config.value !== 22, "port 22 belongs to sshd");
    assert(config.value < 40_000, "the port is too high");
    if (config.value === 23) warn("telnet is old");
  },
});

const depending = defineModule({
  imports: [checked],
  options: { open: option({ type: types.listOf(types.port) }) },
  config({ config, assert }, define) {
    define({ open: [config.value] });
    assert(config.open.length > 0, "nothing is open");
  },
});

/** Assertions and warnings. */
export const noticeCases: readonly TestCase[] = [
  {
    title: "An assertion that holds says nothing",
    modules: [checked, defining(port)({ value: 80 })],
    path: "value",
    expected: 80,
  },
  {
    title: "An assertion that does not hold is an error with its message",
    modules: [checked, defining(port)({ value: 22 })],
    error: "assertion-failed",
    message: /port 22 belongs to sshd/,
  },
  {
    title: "All options keep their values when an assertion fails",
    modules: [checked, defining(port)({ value: 22 })],
    path: "value",
    expected: 22,
    despite: ["assertion-failed"],
  },
  {
    title: "Every assertion that fails is reported",
    modules: [
      defineModule({
        config({ assert }) {
          assert(false, "one");
          assert(false, "two");
        },
      }),
    ],
    error: "assertion-failed",
    message: /one/,
    also: ["assertion-failed"],
  },
  {
    title: "A warning is shown and the work goes on",
    modules: [checked, defining(port)({ value: 23 })],
    warning: "warning",
    message: /telnet is old/,
  },
  {
    title: "A warning does not touch the values",
    modules: [checked, defining(port)({ value: 23 })],
    path: "value",
    expected: 23,
    warns: ["warning"],
  },
  {
    title: "Assertions look at the final configuration",
    modules: [checked, defining(port)({ value: 22 }), defining(port)({ value: mkForce(80) })],
    path: "value",
    expected: 80,
  },
  {
    title: "An assertion may stand on what its own module defines",
    modules: [depending, defining(port)({ value: 80 })],
    path: "open",
    expected: [80],
  },
];
