import { countChanges, killAt } from "@firn/fault";
import { compareHosts, describeHost, type HostDescription } from "@firn/test-host";
import { describeWithHosts } from "@firn/test-host/testing";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { PackageHost } from "../test-kit/package-host.ts";
import { dpkgTarget } from "./dpkg-target.ts";

/** How many points it is killed at; FIRN_KILLS sets another number. */
const kills = Number(process.env["FIRN_KILLS"] ?? 8);
const state = "/var/lib/firn/packages";

describe("renderGiveBack", () => {
  test("says nothing of paths that no package can have", () => {
    const places = { root: "/", files: "/debs", state };
    expect(dpkgTarget.renderGiveBack({ paths: [], brought: ["tool"] }, places)).toEqual([]);
    expect(dpkgTarget.renderGiveBack({ paths: ["/etc/a\nb"], brought: [] }, places)).toEqual([]);
  });
});

describeWithHosts("paths that were another's", () => {
  let machine: PackageHost;
  let bare: HostDescription;

  const ignore = [state, "/root", "/tmp", "/var/lib/dpkg"];
  /** What a package has at these paths, in this order of its listing below. */
  const paths = ["/etc/tool.d/conf", "/usr/bin/tool", "/usr/lib/tool/[a] *", "/usr/share/tool/link"];
  const give = { paths, brought: ["tool"] };
  const done = { status: 0, text: "" };
  const look = (): Promise<string> =>
    machine.sh(`stat -c '%n %F %a %U:%G' ${paths.map((path) => `'${path}'`).join(" ")} 2>/dev/null || :`);
  const back = [
    "/etc/tool.d/conf regular file 644 root:root",
    "/usr/bin/tool regular file 4711 root:games",
    "/usr/lib/tool/[a] * regular file 644 root:root",
    "/usr/share/tool/link symbolic link 777 root:root",
    "",
  ].join("\n");

  beforeAll(async () => {
    machine = await PackageHost.start();
    const files = {
      "etc/tool.d/conf": "conf\n",
      "usr/bin/tool": "tool\n",
      "usr/lib/tool/[a] *": "odd\n",
      "usr/share/tool/link": "-> /nowhere",
    };
    const tool = machine.make({ name: "tool", version: "1:1.0-1", files, conffiles: ["/etc/tool.d/conf"] });
    await machine.sh("dpkg-statoverride --add root games 4711 /usr/bin/tool");
    await machine.change({ install: [tool], owned: paths });
    await machine.sh(`dpkg -s tool; rm -rf ${state}/*; rmdir /etc/tool.d`);
    bare = await describeHost(machine.host, { ignore });
    await machine.host.snapshot("bare");
  }, 300_000);

  afterEach(() => machine.host.reset("bare"));
  afterAll(() => machine.stop());

  test("get what an installed package has there, and lose it again", async () => {
    expect(await look()).toBe("");
    expect(await machine.giveBack(give)).toEqual(done);
    expect(await look()).toBe(back);
    expect(await machine.sh("cat /etc/tool.d/conf /usr/bin/tool '/usr/lib/tool/[a] *'; dpkg -V tool")).toBe(
      "conf\ntool\nodd\n",
    );
    expect(await machine.takeBack()).toEqual(done);
    expect(compareHosts(bare, await describeHost(machine.host, { ignore }))).toEqual([]);
    expect(await machine.takeBack()).toEqual(done);
  });

  test("keep what is there, before and after", async () => {
    await machine.sh("echo mine > /usr/bin/tool");
    expect(await machine.giveBack({ paths, brought: [] })).toEqual(done);
    await machine.sh("echo mine > '/usr/lib/tool/[a] *'; ln -sfn /mine /usr/share/tool/link");
    expect(await machine.takeBack()).toEqual(done);
    expect(await machine.sh("cat /usr/bin/tool '/usr/lib/tool/[a] *'; readlink /usr/share/tool/link; ls /etc")).toMatch(
      /^mine\nmine\n\/mine\n(?!.*tool\.d)/s,
    );
  });

  test("get what a newer version has, unless somebody changed what an older one had", async () => {
    await machine.giveBack(give);
    const text = { "etc/tool.d/conf": "new\n", "usr/bin/tool": "new\n" };
    const newer = machine.make({ name: "tool", version: "1:2", files: text, conffiles: ["/etc/tool.d/conf"] });
    await machine.sh(`rm -rf ${state}/*; cp -a /etc/tool.d/conf /root; cp -a /usr/bin/tool /root`);
    await machine.change({ install: [newer], owned: paths });
    const copyBack = "cp -a /root/conf /etc/tool.d; cp -a /root/tool /usr/bin; cat /etc/tool.d/conf /usr/bin/tool";
    expect(await machine.sh(copyBack)).toBe("conf\ntool\n");
    expect(await machine.giveBack({ paths, brought: [] })).toEqual(done);
    expect(await machine.sh("cat /etc/tool.d/conf /usr/bin/tool")).toBe("new\ntool\n");
    expect(await machine.giveBack(give)).toEqual(done);
    expect(await machine.sh("cat /etc/tool.d/conf /usr/bin/tool; dpkg -V tool")).toBe("new\nnew\n");
    await machine.sh("echo mine > /etc/tool.d/conf");
    expect(await machine.giveBack(give)).toEqual(done);
    expect(await machine.sh("cat /etc/tool.d/conf")).toBe("mine\n");
  });

  test("get no configuration file that the machine's own package has lost", async () => {
    expect(await machine.giveBack({ paths, brought: [] })).toEqual(done);
    expect(await look()).toBe(back.replace(/^.*\n/, ""));
  });

  test("are told with what brings them back, where the package is not at hand", async () => {
    const { status, text } = await machine.giveBack(give, { files: "/nowhere" });
    expect(status).toBe(0);
    expect(text.split("\n")[0]).toBe(
      "Nothing is at /etc/tool.d/conf, for which the package tool has something; to bring it back: apt-get install --reinstall -o DPkg::Options::=--force-confmiss tool",
    );
    await machine.sh("apt-get -q -y install --reinstall -o DPkg::Options::=--force-confmiss /debs/tool_1%3a1.0*");
    expect(await look()).toBe(back);
  });

  test("get nothing of packages that are gone, and nothing that another package diverts", async () => {
    await machine.sh("dpkg-divert --package other --divert /usr/bin/tool.real --no-rename --add /usr/bin/tool");
    expect(await machine.giveBack(give)).toEqual(done);
    expect(await look()).toBe(back.replace(/^\/usr\/bin.*\n/m, ""));
    await machine.host.reset("bare");
    await machine.sh("dpkg --remove tool");
    expect(await machine.giveBack(give)).toEqual(done);
    expect(await look()).toBe("");
  });

  test("are as they were after a kill at any moment", { timeout: 300_000 }, async () => {
    const takeAll = async (): Promise<void> => {
      await machine.takeBack();
      await machine.sh(`rm -rf ${state}/*`);
      await machine.script(machine.giveBackLines(give));
    };
    const script = await machine.script(machine.giveBackLines(give));
    const spaces = ["mount", "uts", "ipc", "net", "pid", "cgroup"].map((name) => `--${name}`);
    const command = (): string[] => ["nsenter", `--target=${machine.host.leader}`, ...spaces, "--", ...script];
    countChanges(command());
    expect(await look()).toBe(back);
    // From the second time on dpkg knows the configuration file.
    await takeAll();
    const count = countChanges(command());
    for (let point = 0; point < kills; point++) {
      await takeAll();
      const n = 1 + Math.floor((point * count) / kills);
      expect(killAt(n, command()).status).toBe(137);
      expect(await machine.takeBack()).toEqual(done);
      expect(compareHosts(bare, await describeHost(machine.host, { ignore })), `killed at ${n}`).toEqual([]);
    }
  });
});
