import { countChanges, killAt } from "@firn/fault";
import { compareHosts, describeHost, type HostDescription } from "@firn/test-host";
import { describeWithHosts } from "@firn/test-host/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FlakeHost } from "./flake-host.ts";
import { type RawDefinitions, rawHost, rawService } from "./raw-host.ts";

const timeout = 3_600_000;
const entry = "hosts/web/src/index.ts";
// Numbers of generations, and what is built, are not what the machine is.
const ignore = ["/root/flake", "/root/.cache", "/var/lib/firn"];

/** How many points the switch is killed at; FIRN_KILLS sets another number. */
const kills = Number(process.env["FIRN_KILLS"] ?? 6);

const user = { home: "/nowhere", shell: "/bin/sh", isSystem: true };
const old: RawDefinitions = {
  environment: { etc: { changes: { text: "old\n" }, goes: { text: "old\n", mode: "0640" } } },
  users: { users: { stays: { ...user, group: "all" }, goes: { ...user, group: "all" } }, groups: { all: {} } },
  systemd: { services: { changes: rawService("changes"), goes: rawService("goes"), stays: rawService("stays") } },
};
const next: RawDefinitions = {
  environment: { etc: { changes: { text: "new\n" }, comes: { text: "new\n", mode: "0600" } } },
  users: {
    users: { stays: { ...user, group: "all", shell: "/bin/bash" }, comes: { ...user, group: "all" } },
    groups: { all: {} },
  },
  systemd: {
    services: {
      changes: rawService("changes", "ExecStart=/bin/sleep 100000\n"),
      comes: rawService("comes"),
      stays: rawService("stays"),
    },
  },
};

describeWithHosts("a switch of files, users and units, killed before any change,", () => {
  let machine: FlakeHost;
  let before: HostDescription;

  beforeAll(async () => {
    machine = await FlakeHost.start({ name: "web" });
    await machine.write(entry, rawHost(old));
    await machine.succeed("switch", "web");
    before = await describeHost(machine.host, { ignore });
    await machine.write(entry, rawHost(next));
    await machine.succeed("build", "web");
    await machine.host.snapshot("old");
  }, 300_000);

  afterAll(() => machine.host.stop());

  test("leaves a machine that the next command takes to exactly what it was", { timeout }, async () => {
    const command = (): string[] => [...machine.enter({ FIRN_NO_SYNC: "1" }), ...machine.commandLine("switch", "web")];
    const count = countChanges(command());
    expect(count).toBeGreaterThan(100);
    for (let point = 0; point < kills; point++) {
      await machine.host.reset("old");
      const n = 1 + Math.floor((point * count) / kills);
      expect(killAt(n, command()).status).toBe(137);
      const { status, text } = await machine.firn("rollback", "1");
      expect(status, `killed at ${n}: ${text}`).toBe(0);
      const differences = compareHosts(before, await describeHost(machine.host, { ignore }));
      expect(differences, `killed at ${n}`).toEqual([]);
      expect(await machine.firn("store", "verify"), `killed at ${n}`).toMatchObject({ status: 0 });
    }
  });
});
