import { reverseChange } from "@firn/dpkg";
import { compareHosts, describeHost } from "@firn/test-host";
import { describeWithHosts } from "@firn/test-host/testing";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { PackageHost } from "../test-kit/package-host.ts";

const kept = "/var/lib/firn/packages/kept";
// What dpkg and apt write down of each run.
const ignore = ["/var/lib/dpkg", "/var/lib/apt", "/var/log", "/var/cache", "/var/lib/firn", "/root"];

describeWithHosts("a machine whose packages are broken or in use", () => {
  let machine: PackageHost;

  beforeAll(async () => {
    machine = await PackageHost.start();
    await machine.host.snapshot("bare");
  }, 300_000);

  afterEach(() => machine.host.reset("bare"));
  afterAll(() => machine.stop());

  const done = { status: 0, text: "" };

  test("fails with a script that fails, and is exactly what it was after the reverse", async () => {
    const [good1, good2] = ["1", "2"].map((version) =>
      machine.make({ name: "good", version, files: { "usr/bin/good": version } }),
    );
    const bad1 = machine.make({ name: "bad", version: "1", files: { "etc/bad": "1" }, conffiles: ["/etc/bad"] });
    const bad2 = machine.make({
      name: "bad",
      version: "2",
      files: { "etc/bad": "2" },
      conffiles: ["/etc/bad"],
      scripts: { postinst: "echo no >&2; exit 1" },
    });
    const extra = machine.make({ name: "extra", version: "1", files: { "usr/bin/extra": "1" } });
    if (good1 === undefined || good2 === undefined) throw new Error("there are two");
    await machine.change({ install: [good1, bad1] });
    const before = { packages: await machine.installed(), host: await describeHost(machine.host, { ignore }) };
    const change = { install: [good2, bad2, extra], remove: [], mark: [], owned: [] };
    await machine.keep(change);
    const { status, text } = await machine.change(change);
    expect(status).toBe(1);
    expect(text).toContain("installed bad package post-installation script subprocess returned error exit status 1");
    expect(text).toContain("Cannot change packages: apt-get did not succeed\n");
    expect(await machine.change(reverseChange(change, before.packages), { files: kept })).toEqual(done);
    expect(await machine.installed()).toEqual(before.packages);
    expect(compareHosts(before.host, await describeHost(machine.host, { ignore }))).toEqual([]);
  });

  test("is repaired first where somebody was interrupted", async () => {
    const flag = "[ -e /root/works ]";
    const theirs = machine.make({
      name: "theirs",
      version: "1",
      files: { "usr/bin/theirs": "1" },
      scripts: { postinst: flag },
    });
    const ours = machine.make({ name: "ours", version: "1", files: { "usr/bin/ours": "1" } });
    await machine.sh("! dpkg -i /debs/theirs_1_all.deb; : > /root/works");
    expect((await machine.installed()).find(({ name }) => name === "theirs")?.state).toBe("broken");
    expect(await machine.check({ install: [ours] })).toEqual(done);
    expect(await machine.change({ install: [ours] })).toEqual(done);
    expect((await machine.installed()).filter(({ name }) => name === ours.name || name === theirs.name)).toHaveLength(
      2,
    );
    expect(await machine.sh("dpkg --audit")).toBe("");
  });

  test.each(["install", "remove"] as const)(
    "is repaired first where a package is there in part, to %s it",
    async (way) => {
      const half = machine.make({ name: "half", version: "1", files: { "usr/bin/half": "1" } });
      await machine.change({ install: [half] });
      await machine.sh(
        "cd /var/lib/dpkg; sed -i '/^Package: half$/,/^$/s/^Status: .*/Status: install reinstreq half-installed/' status",
      );
      expect((await machine.installed()).find(({ name }) => name === "half")?.state).toBe("broken");
      expect(await machine.check({ [way]: [half] })).toEqual(done);
      expect(await machine.change({ [way]: [half] })).toEqual(done);
      expect((await machine.installed()).filter(({ name }) => name === "half").map(({ state }) => state)).toEqual(
        way === "install" ? ["installed"] : [],
      );
      expect(await machine.sh("dpkg --audit")).toBe("");
    },
  );

  test("is refused while another program works with dpkg, which is named", async () => {
    const ours = machine.make({ name: "ours", version: "1" });
    const slow = machine.make({
      name: "slow",
      version: "1",
      scripts: { postinst: ": > /root/began; while [ ! -e /root/go ]; do sleep 0.1; done" },
    });
    const other = machine.host.run(["apt-get", "-y", "install", `/debs/${slow.name}_1_all.deb`]);
    await machine.sh("while [ ! -e /root/began ]; do sleep 0.1; done");
    const { status, text } = await machine.check({ install: [ours] });
    expect(status).toBe(1);
    expect(text).toMatch(
      /^Cannot change packages: dpkg is in use: Could not get lock .*It is held by process \d+ \(apt-get\)$/m,
    );
    // The change waits for it.
    const change = machine.change({ install: [ours] });
    await machine.sh(": > /root/go");
    expect(await change).toEqual(done);
    expect((await other).status).toBe(0);
  });
});
