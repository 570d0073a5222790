import kernel from "@modules/kernel";
import { defineModule, evaluate } from "firn";
import { describe, expect, test } from "vitest";

describe("kernel", () => {
  test("loads modules at boot and at the switch, each once", () => {
    const host = defineModule({
      imports: [kernel],
      config: (_, define) => define({ kernel: { modules: ["dummy", "br_netfilter", "dummy"] } }),
    });
    const { config, diagnostics } = evaluate({ modules: [host] });
    expect(diagnostics).toEqual([]);
    expect(config.environment.etc["modules-load.d/firn.conf"]).toMatchObject({
      text: "br_netfilter\ndummy\n",
      link: false,
    });
    expect(config.hooks["kernel-modules"]).toMatchObject({ run: "modprobe -a br_netfilter dummy" });
  });

  test("writes parameters and what is not to be loaded", () => {
    const host = defineModule({
      imports: [kernel],
      config: (_, define) =>
        define({ kernel: { modprobe: { options: { kvm_intel: "nested=1 ept=0" }, blacklist: ["pcspkr"] } } }),
    });
    const { config, diagnostics } = evaluate({ modules: [host] });
    expect(diagnostics).toEqual([]);
    expect(config.environment.etc["modprobe.d/firn.conf"]?.text).toBe(
      "blacklist pcspkr\noptions kvm_intel nested=1 ept=0\n",
    );
  });

  test.each(["dummy.ko", "dummy; reboot", "", "../dummy"])("refuses %j as a module", (name) => {
    const host = defineModule({ imports: [kernel], config: (_, define) => define({ kernel: { modules: [name] } }) });
    expect(evaluate({ modules: [host] }).diagnostics).toMatchObject([{ optionPath: ["kernel", "modules", "0"] }]);
  });

  test.each(["nested=1\noptions x y=1", "", "=1"])("refuses %j as parameters", (text) => {
    const host = defineModule({
      imports: [kernel],
      config: (_, define) => define({ kernel: { modprobe: { options: { kvm: text } } } }),
    });
    expect(evaluate({ modules: [host] }).diagnostics).toMatchObject([
      { optionPath: ["kernel", "modprobe", "options", "kvm"] },
    ]);
  });
});
