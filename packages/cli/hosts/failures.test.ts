import { compareHosts, describeHost, type HostDescription } from "@firn/test-host";
import { describeWithHosts } from "@firn/test-host/testing";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { FlakeHost } from "./flake-host.ts";
import { type RawDefinitions, rawHost, rawService } from "./raw-host.ts";

const timeout = 120_000;
const entry = "hosts/web/src/index.ts";
const ignore = ["/root/flake", "/root/.cache", "/var/lib/firn/store", "/var/lib/firn/lock"];

const old: RawDefinitions = {
  environment: { etc: { "app.conf": { text: "old\n" }, "app.key": { text: "old\n", mode: "0640" } } },
  users: {
    users: { ada: { group: "ada", home: "/home/ada", shell: "/bin/sh", isSystem: false } },
    groups: { ada: {} },
  },
  systemd: { services: { app: rawService("app") } },
};

/** What would follow, if nothing failed: files, a user, a unit that changes and one that is new. */
function next(more: RawDefinitions): string {
  return rawHost({
    environment: { etc: { "app.conf": { text: "new\n" }, "other.conf": { text: "new\n", mode: "0600" } } },
    users: {
      users: { ...old.users?.users, bob: { group: "ada", home: "/home/bob", shell: "/bin/sh" } },
      groups: { ada: {} },
    },
    ...more,
    systemd: {
      services: {
        app: rawService("app", "ExecStart=/bin/sleep 100000\n"),
        new: rawService("new"),
        ...more.systemd?.services,
      },
    },
  });
}

describeWithHosts("a switch that fails", () => {
  let machine: FlakeHost;
  let before: HostDescription;

  beforeAll(async () => {
    machine = await FlakeHost.start({ name: "web" });
    await machine.write(entry, rawHost(old));
    await machine.succeed("switch", "web");
    await machine.host.snapshot("old");
    before = await describeHost(machine.host, { ignore });
  }, 300_000);

  beforeEach(() => machine.host.reset("old"), timeout);
  afterAll(() => machine.host.stop());

  /** Sees that the machine is what it was, with the old unit running, and that the next switch says so, too. */
  const expectOld = async (): Promise<void> => {
    expect(compareHosts(before, await describeHost(machine.host, { ignore }))).toEqual([]);
    expect(await machine.host.succeed(["systemctl", "show", "--property=ExecStart", "app"])).toContain("infinity");
    await machine.write(entry, rawHost(old));
    expect(await machine.firn("switch", "web")).toMatchObject({
      status: 0,
      text: expect.stringContaining("Nothing to do"),
    });
  };

  test.each<[what: string, more: RawDefinitions, says: string]>([
    [
      "a unit that cannot be started",
      { systemd: { services: { bad: rawService("bad", "ExecStart=/no/such/program\n") } } },
      "bad.service",
    ],
    [
      "a unit that ends at once",
      { systemd: { services: { bad: rawService("bad", "ExecStart=/bin/false\n") } } },
      "bad.service",
    ],
    ["a hook", { hooks: { h: { run: "echo no luck; false", onChange: ["/etc/app.conf"] } } }, 'the hook "h" failed'],
    ["a check after", { checks: { after: { c: { run: "false" } } } }, 'the check "c" does not succeed'],
  ])("because of %s goes back by itself", { timeout }, async (_, more, says) => {
    await machine.write(entry, next(more));
    const { status, text } = await machine.firn("switch", "web");
    expect([status, text]).toEqual([3, expect.stringContaining(says)]);
    await expectOld();
  });

  test("because of a check before changes nothing", { timeout }, async () => {
    await machine.write(entry, next({ checks: { before: { c: { run: "false" } } } }));
    const { status, text } = await machine.firn("switch", "web");
    expect([status, text]).toEqual([1, expect.stringContaining('the check "c" does not succeed')]);
    await expectOld();
  });

  test("because somebody who is to go has processes changes nothing", { timeout }, async () => {
    const running = machine.host.run(["sleep", "1000"], { user: "ada" });
    await expect.poll(async () => (await machine.host.run(["pgrep", "-u", "ada"])).status, { timeout: 10_000 }).toBe(0);
    await machine.write(entry, rawHost({}));
    const { status, text } = await machine.firn("switch", "web");
    expect([status, text]).toEqual([
      1,
      expect.stringContaining('Cannot remove the user "ada": processes of that user run'),
    ]);
    await machine.host.run(["pkill", "-u", "ada"]);
    await running;
    await expectOld();
  });

  /** Begins a switch that waits in a hook, when all files and units that stop have changed. */
  const beginSlowSwitch = async (): Promise<{ ended: Promise<unknown> }> => {
    await machine.write(
      entry,
      next({ hooks: { slow: { run: "touch /run/slow; sleep 1000", onChange: ["/etc/app.conf"] } } }),
    );
    const ended = machine.firn("switch", "web").catch(() => undefined);
    await expect
      .poll(async () => (await machine.host.run(["test", "-e", "/run/slow"])).status, { timeout: 30_000 })
      .toBe(0);
    expect(await machine.host.succeed(["cat", "/etc/app.conf"])).toBe("new\n");
    return { ended };
  };

  test("because the power goes is taken back by the boot", { timeout }, async () => {
    const { ended } = await beginSlowSwitch();
    await machine.host.powerCut();
    await ended;
    expect(machine.host.failedUnits).toEqual([]);
    await expectOld();
  });

  test("because all of it is killed is taken back by the next command", { timeout }, async () => {
    const { ended } = await beginSlowSwitch();
    await machine.host.run(["pkill", "-KILL", "-f", "/var/lib/firn|sleep 100[0]$|firn.cjs"]);
    await ended;
    expect(await machine.firn("status")).toMatchObject({ text: expect.stringContaining("interrupted") });
    await machine.write(entry, rawHost(old));
    const { status, text } = await machine.firn("switch", "web");
    expect([status, text]).toEqual([
      0,
      expect.stringContaining("An earlier switch was interrupted; it was taken back first"),
    ]);
    await expectOld();
  });

  test("because somebody presses Ctrl-C goes back by itself", { timeout }, async () => {
    const { ended } = await beginSlowSwitch();
    // The terminal tells all processes of the foreground.
    await machine.host.run(["pkill", "-INT", "-f", "/var/lib/firn|sleep 100[0]$|firn.cjs"]);
    expect(await ended).toMatchObject({ status: 3 });
    await expectOld();
  });

  test("because another one is under way is told which", { timeout }, async () => {
    const { ended } = await beginSlowSwitch();
    const { status, text } = await machine.firn("switch", "web");
    expect([status, text]).toEqual([1, expect.stringMatching(/is held by process \d+: firn switch web/)]);
    await machine.host.run(["pkill", "-f", "sleep 100[0]$"]);
    expect(await ended).toMatchObject({ status: 3 });
    await expectOld();
  });
});
