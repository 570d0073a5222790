import { describeWithHosts } from "@firn/test-host/testing";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { PackageHost } from "../test-kit/package-host.ts";

const unit = "[Service]\nExecStart=/bin/sleep 100000\n[Install]\nWantedBy=multi-user.target\n";
const policy = "/usr/sbin/policy-rc.d";
const log = "/var/lib/firn/packages/services";

describeWithHosts("services of packages that change", () => {
  let machine: PackageHost;

  beforeAll(async () => {
    machine = await PackageHost.start();
    await machine.host.snapshot("bare");
  }, 300_000);

  afterEach(() => machine.host.reset("bare"));
  afterAll(() => machine.stop());

  const done = { status: 0, text: "" };

  test("are not started, however that is asked for, and what was asked is noted", async () => {
    const files = Object.fromEntries("abcdef".split("").map((name) => [`lib/systemd/system/${name}.service`, unit]));
    const postinst = [
      "systemctl daemon-reload",
      "systemctl -q enable a.service b.service d.service",
      "deb-systemd-invoke start a.service b.service c.service",
      "invoke-rc.d d start",
      "systemctl restart e",
      "systemctl --quiet enable --now f.service",
    ].join("\n");
    const prerm = "deb-systemd-invoke stop a.service";
    const one = machine.make({ name: "one", version: "1", files, scripts: { postinst, prerm } });
    expect(await machine.change({ install: [one] })).toEqual(done);
    // A unit that is not enabled is none that deb-systemd-invoke would start.
    expect(await machine.host.readFile(log)).toBe(
      "a.service start\nb.service start\nd.service start\ne.service restart\nf.service start\n",
    );
    const units = "abcdef".split("").map((name) => `${name}.service`);
    expect((await machine.host.run(["systemctl", "is-active", ...units])).stdout).toBe("inactive\n".repeat(6));
    const enabled = (await machine.host.run(["systemctl", "is-enabled", ...units])).stdout;
    expect(enabled).toBe("enabled\nenabled\ndisabled\nenabled\ndisabled\nenabled\n");
  });

  test("are noted once, as what is to happen to them in the end", async () => {
    const tinyOf = (version: string): Parameters<PackageHost["make"]>[0] => ({
      name: "one",
      version,
      files: { "lib/systemd/system/a.service": unit },
      scripts: {
        postinst: "deb-systemd-helper enable a.service\nsystemctl start a",
        prerm: "deb-systemd-invoke stop a.service",
      },
    });
    const [one, two] = [machine.make(tinyOf("1")), machine.make(tinyOf("2"))];
    await machine.change({ install: [one] });
    await machine.sh(`systemctl start a; rm ${log}`);
    await machine.change({ install: [two] });
    expect(await machine.host.readFile(log)).toBe("a.service restart\n");
    expect((await machine.host.run(["systemctl", "is-active", "a"])).stdout).toBe("active\n");
    await machine.change({ remove: [two] });
    expect(await machine.host.readFile(log)).toBe("a.service stop\n");
    await machine.sh("systemctl daemon-reload; systemctl stop a");
    await machine.change({ mark: [{ name: "dpkg", architecture: "amd64", isAsked: true }] });
    expect(await machine.host.readFile(log)).toBe("");
  });

  test("are not noted where the machine's own policy denies them, and that policy comes back", async () => {
    await machine.host.writeFile(policy, '#!/bin/sh\n[ "$1" != a ] || exit 101\n', 0o755);
    const scripts = { postinst: `systemctl start a\nsystemctl start b\n! ${policy} b start` };
    const files = { "lib/systemd/system/a.service": unit, "lib/systemd/system/b.service": unit };
    const one = machine.make({ name: "one", version: "1", files, scripts });
    expect(await machine.change({ install: [one] })).toEqual(done);
    expect(await machine.host.readFile(log)).toBe("b.service start\n");
    expect(await machine.sh(`cat ${policy}; ls ${policy}*`)).toBe(`#!/bin/sh\n[ "$1" != a ] || exit 101\n${policy}\n`);
  });

  test("find the machine's own policy again also after a script fails or is killed", async () => {
    const own = "#!/bin/sh\nexit 104\n";
    await machine.host.writeFile(policy, own, 0o755);
    const bad = machine.make({ name: "bad", version: "1", scripts: { postinst: "exit 1" } });
    expect((await machine.change({ install: [bad] })).status).toBe(1);
    expect(await machine.sh(`cat ${policy}*`)).toBe(own);
    const slow = machine.make({
      name: "slow",
      version: "1",
      scripts: { postinst: "[ -e /root/go ] || { : > /root/go; kill -9 $(cat /root/pids); }" },
    });
    const command = await machine.script(machine.changeLines({ install: [slow], remove: [bad] }));
    await machine.host.run(["sh", "-c", 'echo $$ > /root/pids; exec "$@"', "sh", ...command]);
    expect(await machine.sh(`ls ${policy}*`)).toBe(`${policy}\n${policy}.firn-kept\n`);
    expect(await machine.change({ install: [slow], remove: [bad] })).toEqual(done);
    expect(await machine.sh(`cat ${policy}*`)).toBe(own);
  });
});
