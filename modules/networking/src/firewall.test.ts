import networking from "@modules/networking";
import { defineModule, evaluate } from "firn";
import { describe, expect, test } from "vitest";

const host = defineModule({
  imports: [networking],
  config(_, define) {
    define({ networking: { firewall: { enable: true, allowedTCPPorts: [443, 80] } } });
    define({ networking: { firewall: { allowedTCPPorts: [80], allowedUDPPorts: [53], trustedInterfaces: ["wg0"] } } });
    define({ networking: { firewall: { extraInput: "ip saddr 192.0.2.1 accept" } } });
  },
});

describe("networking.firewall", () => {
  test("lets in what options allow, each port once", () => {
    const { config, diagnostics } = evaluate({ modules: [host] });
    const rules = config.environment.etc["firn/firewall.nft"]?.text ?? "";
    expect(diagnostics).toEqual([]);
    expect(rules).toContain(
      "tcp dport { 80, 443 } accept\n    udp dport { 53 } accept\n    ip saddr 192.0.2.1 accept\n",
    );
    expect(rules).toContain('iifname "wg0" accept');
  });

  test("replaces its own table only, in one transaction, and reloads when rules change", () => {
    const { config } = evaluate({ modules: [host] });
    const { text, link } = config.environment.etc["firn/firewall.nft"] ?? {};
    const unit = config.systemd.services["firn-firewall"]?.text;
    expect(text?.startsWith("table inet firn {}\ndelete table inet firn\ntable inet firn {\n")).toBe(true);
    expect(text).not.toContain("flush");
    expect(link).toBe(false);
    expect(unit).toContain("ExecReload=/usr/sbin/nft -f /etc/firn/firewall.nft\n");
    expect(unit).toMatch(/^X-Reload-Triggers=[0-9a-f]{16}$/m);
  });

  test("is not there unless it is enabled", () => {
    const { config } = evaluate({ modules: [networking] });
    expect([config.environment.etc, config.systemd.services]).toEqual([{}, {}]);
  });

  test.each(["a name", "averyverylongname", '" accept', ""])("refuses %j as an interface", (name) => {
    const bad = defineModule({
      imports: [networking],
      config: (_, define) => define({ networking: { firewall: { trustedInterfaces: [name] } } }),
    });
    expect(evaluate({ modules: [bad] }).diagnostics).toMatchObject([
      { optionPath: ["networking", "firewall", "trustedInterfaces", "0"] },
    ]);
  });
});
