import { compareHosts, describeHost } from "@firn/test-host";
import { describeWithHosts } from "@firn/test-host/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FlakeHost } from "./flake-host.ts";
import { rawHost, rawService } from "./raw-host.ts";

const timeout = 120_000;
const entry = "hosts/web/src/index.ts";

function homeHost(greeting: string): string {
  const files = {
    ".config/greeting": { text: `${greeting}\n` },
    ".config/environment.d/60-firn.conf": { text: `GREETING="${greeting}"\n` },
    ".bashrc": { text: "# Firn\n", takeOver: true },
  };
  const agent = {
    ...rawService("agent", `ExecStart=/bin/sleep infinity\nEnvironment=A=${greeting}\n`),
    wantedBy: ["default.target"],
  };
  return rawHost({
    environment: { etc: { motd: { text: "for root to write\n" } } },
    homes: { ada: { files, systemd: { services: { agent } } }, eve: { files: { ".x": { text: "x\n" } } } },
  });
}

describeWithHosts("an ordinary user", () => {
  let machine: FlakeHost;

  beforeAll(async () => {
    machine = await FlakeHost.start({ name: "web" });
    const { host } = machine;
    await host.succeed(["useradd", "--create-home", "--shell", "/bin/bash", "ada"]);
    await host.succeed(["loginctl", "enable-linger", "ada"]);
    // The user's systemd is there a moment after it was asked for.
    const wait = "until test -S /run/user/$(id -u ada)/systemd/private; do sleep 0.1; done";
    await host.succeed(["sh", "-c", wait], { timeout: 60_000 });
    await host.succeed(["systemctl", "--user", "is-system-running", "--wait"], { user: "ada" });
    await machine.moveTo("/home/ada/flake", "ada");
  }, 300_000);

  afterAll(() => machine.host.stop());

  const agent = async (): Promise<string> =>
    machine.host.succeed(["systemctl", "--user", "show", "--property=ActiveState,Environment", "agent"], {
      user: "ada",
    });

  test("switches the own home and units, without root, and goes back", { timeout }, async () => {
    const { host } = machine;
    // Folders for the state of programs are nobody's in particular.
    const ignore = ["/home/ada/flake", "/home/ada/.cache", "/home/ada/.local"];
    const before = await describeHost(host, { ignore });
    await machine.write(entry, homeHost("hello"));
    const first = await machine.firn("switch", "web");
    expect([first.status, first.text]).toEqual([
      0,
      expect.stringContaining("Left to root: 1 system path, 1 other home"),
    ]);
    expect(await host.succeed(["cat", "/home/ada/.config/greeting"])).toBe("hello\n");
    expect(await agent()).toBe("Environment=A=hello\nActiveState=active\n");
    expect(await host.succeed(["stat", "--format=%U", "/home/ada/.config/greeting"])).toBe("ada\n");
    expect(await machine.firn("switch", "web")).toMatchObject({ text: expect.stringContaining("Nothing to do") });
    await machine.write(entry, homeHost("good morning"));
    const second = await machine.firn("switch", "web");
    expect(second.text).toContain("restart agent.service");
    expect(await agent()).toContain("ActiveState=active");
    expect(await machine.firn("rollback")).toMatchObject({ status: 0 });
    expect(await agent()).toBe("Environment=A=hello\nActiveState=active\n");
    expect(await machine.firn("switch", "--to-none")).toMatchObject({ status: 0 });
    expect(await machine.firn("gc", "--keep", "0")).toMatchObject({ status: 0 });
    expect(compareHosts(before, await describeHost(host, { ignore }))).toEqual([]);
  });
});
