import sysctl from "@modules/sysctl";
import { defineModule, evaluate } from "firn";
import { describe, expect, test } from "vitest";

type Value = boolean | number | string;

function evaluateSysctl(parameters: { readonly [name: string]: Value }) {
  return evaluate({
    modules: [defineModule({ imports: [sysctl], config: (_, define) => define({ kernel: { sysctl: parameters } }) })],
  });
}

describe("kernel.sysctl", () => {
  test("is written to a real file, by name", () => {
    const { config, diagnostics } = evaluateSysctl({ "vm.swappiness": 10, "net.ipv4.ip_forward": true });
    expect(diagnostics).toEqual([]);
    expect(config.environment.etc["sysctl.d/60-firn.conf"]).toMatchObject({
      text: "net.ipv4.ip_forward = 1\nvm.swappiness = 10\n",
      link: false,
    });
    expect(config.hooks["sysctl"]?.onChange).toEqual(["/etc/sysctl.d/60-firn.conf"]);
  });

  test("brings neither file nor hook when it is empty", () => {
    const { config } = evaluateSysctl({});
    expect([config.environment.etc, config.hooks]).toEqual([{}, {}]);
  });

  test.each<[name: string, value: Value]>([
    ["swappiness", 10],
    ["vm swappiness", 10],
    ["vm..swappiness", 10],
    ["-vm.swappiness", "60 = 1\nx"],
    ["vm.swappiness", ""],
    ["vm.swappiness", "10\nkernel.panic = 1"],
    ["vm.swappiness", 0.5],
  ])("refuses %j = %j at its own line", (name, value) => {
    const { diagnostics } = evaluateSysctl({ [name]: value });
    expect(diagnostics).toMatchObject([{ code: "type-mismatch", optionPath: ["kernel", "sysctl", name] }]);
  });
});
