import openssh from "@modules/openssh";
import { defineModule, evaluate, mkForce } from "firn";
import { describe, expect, test } from "vitest";

function evaluateServer(settings: object, others: object = {}) {
  const host = defineModule({
    imports: [openssh],
    config: (_, define) => define({ services: { openssh: { enable: true, settings, ...others } } }),
  });
  return evaluate({ modules: [host] });
}

function fileOf(evaluation: ReturnType<typeof evaluateServer>): string[] {
  return evaluation.config.environment.etc["ssh/sshd_config"]?.text?.split("\n") ?? [];
}

describe("services.openssh", () => {
  test("writes a file without passwords, with what Debian's needs", () => {
    const evaluation = evaluateServer({});
    expect(evaluation.diagnostics).toEqual([]);
    expect(fileOf(evaluation)).toEqual([
      "Port 22",
      "AcceptEnv LANG LC_*",
      "KbdInteractiveAuthentication no",
      "LogLevel INFO",
      "PasswordAuthentication no",
      "PermitRootLogin prohibit-password",
      "PrintMotd no",
      "Subsystem sftp /usr/lib/openssh/sftp-server",
      "UsePAM yes",
      "",
    ]);
    expect(evaluation.config.networking.firewall.allowedTCPPorts).toEqual([22]);
  });

  test("writes lists as the setting has them, and what counts for some only at the end", () => {
    const settings = {
      Ciphers: ["aes256-ctr", "aes128-ctr"],
      AllowUsers: ["ada", "bob"],
      HostKey: ["/etc/ssh/a", "/etc/ssh/b"],
      AcceptEnv: mkForce([]),
    };
    const lines = fileOf(evaluateServer(settings, { extraConfig: "Match User ada\n  X11Forwarding yes" }));
    expect(lines).toEqual(
      expect.arrayContaining([
        "AllowUsers ada bob",
        "Ciphers aes256-ctr,aes128-ctr",
        "HostKey /etc/ssh/a",
        "HostKey /etc/ssh/b",
      ]),
    );
    expect(lines.slice(-3)).toEqual(["Match User ada", "  X11Forwarding yes", ""]);
    expect(lines.join()).not.toContain("AcceptEnv");
  });

  test("never replaces the unit that holds the connection, but reloads it", () => {
    const { config } = evaluateServer({});
    const { asDropIn, text } = config.systemd.services["ssh"] ?? {};
    expect(asDropIn).toBe(true);
    expect(text).toMatch(/^\[Unit\]\nX-Reload-Triggers=[0-9a-f]{16}\n$/);
  });

  test.each<[name: string, value: unknown, fix?: string]>([
    ["PermitRootLogni", "no"],
    ["permitTTY", true, 'Write "PermitTTY"'],
    ["PermitRootLogin", "maybe"],
    ["Port", 2222],
    ["Match", "User ada"],
    ["Banner", "/etc/issue\nPermitRootLogin yes"],
    ["Banner", ""],
  ])("refuses %s = %j", (name, value, fix) => {
    const { diagnostics } = evaluateServer({ [name]: value });
    expect(diagnostics).toMatchObject([
      { optionPath: ["services", "openssh", "settings", name], ...(fix !== undefined && { fix }) },
    ]);
  });
});
