import { reverseChange } from "@firn/dpkg";
import { countChanges, killAt } from "@firn/fault";
import type { InstalledPackage, PackageChange, PackageToInstall } from "@firn/package-manager";
import { compareHosts, describeHost, type HostDescription } from "@firn/test-host";
import { describeWithHosts } from "@firn/test-host/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PackageHost } from "../test-kit/package-host.ts";

const timeout = 3_600_000;
const kept = "/var/lib/firn/packages/kept";
// What dpkg and apt write down of each run, and the configuration of what goes, which stays.
const ignore = ["/etc/comes.conf", "/var/lib/dpkg", "/var/lib/apt", "/var/log", "/var/cache", "/var/lib/firn", "/root"];

/** How many points the change is killed at, each way; FIRN_KILLS sets another number. */
const kills = Number(process.env["FIRN_KILLS"] ?? 6);

describeWithHosts("a change of packages, killed before anything that it does,", () => {
  let machine: PackageHost;
  let change: PackageChange;
  const packages: { [when in "before" | "after"]: readonly InstalledPackage[] } = { before: [], after: [] };
  const hosts = new Map<"before" | "after", HostDescription>();
  const owned = ["/etc/stays.conf"];

  beforeAll(async () => {
    machine = await PackageHost.start();
    await machine.host.writeFile("/usr/sbin/policy-rc.d", "#!/bin/sh\nexit 104\n", 0o755);
    const { from, to } = makePackages(machine);
    await machine.change({ install: from });
    await machine.sh("echo mine > /etc/mine.conf; ln -sf /usr/lib/os-release /etc/stays.conf");
    change = { install: to, remove: from.filter(({ name }) => name === "goes"), mark: [], owned };
    packages.before = await machine.installed();
    hosts.set("before", await describeHost(machine.host, { ignore }));
    await machine.keep(change);
    await machine.host.snapshot("kept");
    await machine.change(change);
    packages.after = await machine.installed();
    hosts.set("after", await describeHost(machine.host, { ignore }));
    await machine.host.reset("kept");
  }, 300_000);

  afterAll(() => machine.stop());

  const command = async (): Promise<string[]> => {
    const spaces = ["mount", "uts", "ipc", "net", "pid", "cgroup"].map((name) => `--${name}`);
    const path = "PATH=/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    const script = await machine.script(machine.changeLines(change));
    return ["nsenter", `--target=${machine.host.leader}`, ...spaces, "--", "env", "-i", path, ...script];
  };

  test.each(["after", "before"] as const)(
    "leaves what the next run takes to exactly what was to be %s",
    { timeout },
    async (when) => {
      await machine.host.reset("kept");
      const count = countChanges(await command());
      expect(count).toBeGreaterThan(1000);
      for (let point = 0; point < kills; point++) {
        await machine.host.reset("kept");
        const n = 1 + Math.floor(((point + (when === "after" ? 0 : 0.5)) * count) / kills);
        expect(killAt(n, await command()).status).toBe(137);
        const next =
          when === "after"
            ? machine.change(change)
            : machine.change(reverseChange(change, packages.before), { files: kept });
        expect(await next, `${when}: killed at ${n} of ${count}`).toEqual({ status: 0, text: "" });
        expect(await machine.installed(), `${when}: killed at ${n} of ${count}`).toEqual(packages[when]);
        const differences = compareHosts(hosts.get(when) ?? noHost, await describeHost(machine.host, { ignore }));
        expect(differences, `${when}: killed at ${n} of ${count}`).toEqual([]);
        expect(await machine.sh("dpkg --audit; cat /usr/sbin/policy-rc.d*"), `killed at ${n}`).toBe(
          "#!/bin/sh\nexit 104\n",
        );
      }
    },
  );
});

const noHost: HostDescription = { files: new Map(), accounts: new Map(), units: new Map() };

/** Makes packages that need one another, with all that dpkg treats in its own way. */
function makePackages(machine: PackageHost): Record<"from" | "to", PackageToInstall[]> {
  const make = (name: string, version: string, fields: Record<string, string> = {}): PackageToInstall =>
    machine.make({
      name,
      version,
      fields,
      files: {
        [`usr/bin/${name}`]: `${name} ${version}\n`,
        [`usr/share/${name}/${version}`]: "only here\n",
        [`etc/${name}.conf`]: `${name} ${version}\n`,
        [`lib/systemd/system/${name}.service`]: `[Service]\nExecStart=/bin/sleep ${version}000\n`,
      },
      conffiles: [`/etc/${name}.conf`],
      scripts: {
        postinst: `deb-systemd-invoke restart ${name}.service`,
        prerm: `deb-systemd-invoke stop ${name}.service`,
      },
    });
  const needs = { Depends: "mine" };
  return {
    from: [make("mine", "1"), make("stays", "1", needs), make("goes", "1", needs), make("back", "2")],
    to: [
      make("mine", "2", { Breaks: "stays (<< 2)" }),
      make("stays", "2", { "Pre-Depends": "mine (>= 2)" }),
      make("comes", "1", { Depends: "stays", Replaces: "goes", Conflicts: "goes" }),
      make("back", "1"),
    ].map((each) => ({ ...each, isAsked: each.name !== "mine" })),
  };
}
