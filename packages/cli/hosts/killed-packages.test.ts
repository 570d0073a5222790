import { countChanges, killAt } from "@firn/fault";
import { compareHosts, describeHost, type HostDescription } from "@firn/test-host";
import { describeWithHosts } from "@firn/test-host/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PackageHost } from "./package-host.ts";

const timeout = 3_600_000;
const ignore = [
  "/root/flake",
  "/root/.cache",
  "/var/lib/firn",
  // What dpkg and ldconfig remember, and what removed packages leave until they are purged; which there are is compared.
  "/var/lib/dpkg",
  "/var/cache/ldconfig",
  "/var/lib/systemd/deb-systemd-helper-enabled",
  "/etc/systemd/system/multi-user.target.wants/comes.service",
  "/var/log",
  // Programs that are killed leave what the next boot removes.
  "/tmp",
];

/** How many points the switch is killed at; FIRN_KILLS sets another number. */
const kills = Number(process.env["FIRN_KILLS"] ?? 5);

const unit = (seconds: number): string =>
  `[Service]\nExecStart=/bin/sleep ${seconds}\n[Install]\nWantedBy=multi-user.target\n`;

const filesOf = (version: string): Record<string, string> => ({
  "/usr/bin/changes": `#!/bin/sh\necho ${version}\n`,
  "/etc/shared/conf": `conf ${version}\n`,
  "/etc/shared/plain": `plain ${version}\n`,
});

describeWithHosts("a switch of packages, killed before any change,", () => {
  let packages: PackageHost;
  let before: HostDescription;
  let installed: readonly string[];

  beforeAll(async () => {
    packages = await PackageHost.start();
    const { archive, machine } = packages;
    archive.add(
      { name: "changes", version: "1", depends: "goes", files: filesOf("1"), conffiles: ["/etc/shared/conf"] },
      { name: "goes", version: "1", files: { "/usr/share/goes": "1\n" } },
      { name: "serves", version: "1", units: { "serves.service": unit(1000) } },
      { name: "breaks", version: "1", files: { "/etc/breaks": "1\n" }, conffiles: ["/etc/breaks"] },
    );
    archive.publish({ date: "2026-11-01T00:00:00Z" });
    // Both are the package's own once Firn has nothing for them.
    const etc = { "shared/conf": { text: "Firn's\n" }, "shared/plain": { text: "Firn's\n" } };
    await packages.define(["breaks", "changes", "serves"], { environment: { etc } });
    await machine.succeed("switch", "web");
    before = await describeHost(machine.host, { ignore });
    installed = await packages.listPackages();
    archive.add(
      { name: "changes", version: "2", depends: "comes", files: filesOf("2"), conffiles: ["/etc/shared/conf"] },
      { name: "comes", version: "2", conflicts: "goes", units: { "comes.service": unit(2000) } },
      { name: "serves", version: "2", units: { "serves.service": unit(3000) } },
    );
    archive.publish({ date: "2026-11-02T00:00:00Z" });
    await packages.define(["changes", "serves"]);
    await machine.succeed("build", "web");
    await machine.host.snapshot("old");
  }, 300_000);

  afterAll(() => packages.stop());

  test(
    "leaves a machine that the next command takes to exactly what it was, or to what it was to be",
    { timeout },
    async () => {
      const { machine } = packages;
      const command = (): string[] => [
        ...machine.enter({ FIRN_NO_SYNC: "1" }),
        ...machine.commandLine("switch", "web"),
      ];
      const count = countChanges(command());
      expect(count).toBeGreaterThan(100);
      expect((await packages.listPackages()).filter((line) => line.startsWith("comes"))).toEqual(["comes 2 auto"]);
      expect(await machine.host.succeed(["cat", "/etc/shared/conf", "/etc/shared/plain"])).toBe("conf 2\nplain 2\n");
      const there = { ended: await describeHost(machine.host, { ignore }), packages: await packages.listPackages() };
      const here = { ended: before, packages: installed };
      for (let point = 0; point < kills; point++) {
        await machine.host.reset("old");
        const n = 1 + Math.floor((point * count) / kills);
        expect(killAt(n, command()).status).toBe(137);
        // Either way is open.
        const [next, state] = point % 2 === 0 ? [["rollback", "1"], here] : [["switch", "web"], there];
        const { status, text } = await machine.firn(...next);
        expect(status, `killed at ${n}: ${text}`).toBe(0);
        expect(await packages.listPackages(), `killed at ${n}`).toEqual(state.packages);
        const differences = compareHosts(state.ended, await describeHost(machine.host, { ignore }));
        expect(differences, `killed at ${n}`).toEqual([]);
        expect(await machine.firn("store", "verify"), `killed at ${n}`).toMatchObject({ status: 0 });
      }
    },
  );
});
