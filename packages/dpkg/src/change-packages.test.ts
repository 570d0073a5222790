import { reverseChange } from "@firn/dpkg";
import type { InstalledPackage, PackageToInstall } from "@firn/package-manager";
import { describeWithHosts } from "@firn/test-host/testing";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { PackageHost } from "../test-kit/package-host.ts";

const conffiles = ["/etc/tool.conf"];
const kept = "/var/lib/firn/packages/kept";

describeWithHosts("packages of a booted machine", () => {
  let machine: PackageHost;
  let before: readonly InstalledPackage[];
  let old: PackageToInstall;
  let next: PackageToInstall;
  let base: PackageToInstall;

  beforeAll(async () => {
    machine = await PackageHost.start();
    const tool = (version: string, text: string): PackageToInstall =>
      machine.make({
        name: "tool",
        version,
        fields: { Depends: "tool-base" },
        files: { "usr/bin/tool": text, "etc/tool.conf": text, "usr/share/tool/shared": text },
        conffiles,
      });
    base = { ...machine.make({ name: "tool-base", version: "1", architecture: "amd64" }), isAsked: false };
    [old, next] = [tool("1:1.0~rc1-1", "old\n"), tool("1:1.0-1", "new\n")];
    before = await machine.installed();
    await machine.host.snapshot("bare");
  }, 300_000);

  afterEach(() => machine.host.reset("bare"));
  afterAll(() => machine.stop());

  const done = { status: 0, text: "" };
  const set = async (): Promise<string[]> => (await machine.installed()).map((each) => Object.values(each).join(" "));
  const others = (): string[] => before.map((each) => Object.values(each).join(" "));
  const linesOf = (...packages: readonly PackageToInstall[]): string[] =>
    packages.map(
      ({ architecture, isAsked, name, version }) => `${name} ${version} ${architecture} ${isAsked} installed`,
    );

  test("come exactly, with their marks, and once more changes nothing", async () => {
    expect(await machine.check({ install: [old, base] })).toEqual(done);
    expect(await set()).toEqual(others());
    expect(await machine.change({ install: [old, base] })).toEqual(done);
    expect((await set()).toSorted()).toEqual([...others(), ...linesOf(old, base)].toSorted());
    const log = await machine.host.readFile("/var/log/dpkg.log");
    expect(await machine.change({ install: [old, base] })).toEqual(done);
    expect(await machine.host.readFile("/var/log/dpkg.log")).toBe(log);
    expect(await machine.sh("ls -A /var/lib/firn/packages /tmp/firn-packages-* 2>/dev/null || :")).toBe(
      "/var/lib/firn/packages:\n",
    );
  });

  test("go up, down and away, and back by what was kept, without a network", async () => {
    await machine.change({ install: [old, base] });
    const there = await machine.installed();
    const change = { install: [next], remove: [], mark: [], owned: [] };
    expect(await machine.keep(change)).toEqual(done);
    expect(await machine.change(change)).toEqual(done);
    expect(await machine.sh("cat /usr/bin/tool /etc/tool.conf")).toBe("new\nnew\n");
    expect(await machine.change(reverseChange(change, there), { files: kept })).toEqual(done);
    expect(await machine.installed()).toEqual(there);
    expect(await machine.sh("cat /usr/bin/tool /etc/tool.conf; dpkg -V tool; find /etc -name '*.dpkg-*'")).toBe(
      "old\nold\n",
    );

    const removal = { install: [], remove: [old, base], mark: [], owned: [] };
    expect(await machine.keep(removal, [base])).toEqual(done);
    expect(await machine.sh(`ls ${kept}`)).toBe("tool_1%3a1.0~rc1-1_all.deb\n");
    expect(await machine.change(removal)).toEqual(done);
    expect(await set()).toEqual(others());
    await machine.sh(`cp /debs/tool-base_* ${kept}`);
    expect(await machine.change(reverseChange(removal, there), { files: kept })).toEqual(done);
    expect(await machine.installed()).toEqual(there);
  });

  test("change their marks without anything else", async () => {
    await machine.change({ install: [old, base] });
    const mark = [
      { name: "tool", architecture: "all", isAsked: false },
      { name: "tool-base", architecture: "amd64", isAsked: true },
    ];
    expect(await machine.change({ mark })).toEqual(done);
    const marked = linesOf({ ...old, isAsked: false }, { ...base, isAsked: true });
    expect((await set()).toSorted()).toEqual([...others(), ...marked].toSorted());
  });

  test("leave what somebody changed in a conffile, also when a kept file goes back and up again", async () => {
    await machine.change({ install: [old, base] });
    const there = await machine.installed();
    await machine.sh("echo mine > /etc/tool.conf");
    const change = { install: [next], remove: [], mark: [], owned: [] };
    await machine.keep(change);
    expect(await machine.change(change)).toEqual(done);
    expect(await machine.sh("cat /etc/tool.conf")).toBe("mine\n");
    expect(await machine.change(reverseChange(change, there), { files: kept })).toEqual(done);
    expect(await machine.change(change)).toEqual(done);
    expect(await machine.sh("cat /usr/bin/tool /etc/tool.conf")).toBe("new\nmine\n");
  });

  test("neither write through links of others, nor remove them", async () => {
    const paths = ["/etc/tool.conf", "/usr/share/tool/shared"];
    const link =
      "echo ours > /root/ours; for p in /etc/tool.conf /usr/share/tool/shared; do mkdir -p ${p%/*}; ln -sf /root/ours $p; done";
    const look = `cat /root/ours; readlink ${paths.join(" ")}; find /etc /usr/share/tool -name '*.dpkg-*'`;
    const ours = "ours\n/root/ours\n/root/ours\n";
    await machine.sh(link);
    expect(await machine.change({ install: [old, base], owned: paths })).toEqual(done);
    expect(await machine.sh(look)).toBe(ours);
    expect(await machine.change({ install: [next], owned: paths })).toEqual(done);
    expect(await machine.sh(look)).toBe(ours);
    expect(await machine.change({ remove: [next], owned: paths })).toEqual(done);
    expect(await machine.sh(look)).toBe(ours);
    // Where the package was first, the next one has nothing to do with it.
    await machine.sh(`rm ${paths.join(" ")}; apt-get -q -y install /debs/tool_1%3a1.0~*; ${link}`);
    expect(await machine.change({ install: [next], owned: paths })).toEqual(done);
    expect(await machine.sh(look)).toBe(ours);
  });

  test("take along nothing that nobody wanted", async () => {
    const rival = machine.make({ name: "rival", version: "1", fields: { Conflicts: "tool" } });
    await machine.change({ install: [old, base] });
    const there = await machine.installed();
    const refused = { status: 1, text: "Cannot change packages: tool would have to go\n" };
    expect(await machine.check({ install: [rival] })).toEqual(refused);
    expect(await machine.change({ install: [rival] })).toEqual(refused);
    expect(await machine.check({ remove: [base] })).toEqual(refused);
    expect(await machine.installed()).toEqual(there);
    expect(await machine.change({ install: [rival], remove: [old] })).toEqual(done);
  });

  test("are refused where something they need is missing", async () => {
    const { status, text } = await machine.check({ install: [old] });
    expect(status).toBe(1);
    expect(text).toContain("tool : Depends: tool-base but it is not installable");
    expect(await machine.change({ install: [{ ...old, version: "7" }] })).toEqual({
      status: 1,
      text: "Cannot change packages: the files are missing: tool_7_all.deb\n",
    });
  });

  test("are refused where the disk has no room for them", async () => {
    const huge = machine.make({ name: "huge", version: "1", fields: { "Installed-Size": "999999999" } });
    const { status, text } = await machine.check({ install: [huge] });
    expect(status).toBe(1);
    expect(text).toMatch(/^Cannot change packages: it needs 1,?024 GB more, and \/usr has \d+ kB\n$/);
  });

  test("that the administrator holds stay", async () => {
    await machine.change({ install: [old, base] });
    await machine.sh("apt-mark hold tool");
    const way = "to let it go: apt-mark unhold tool\n";
    expect(await machine.check({ install: [next] })).toEqual({
      status: 1,
      text: `Cannot change packages: tool is held at 1:1.0~rc1-1, and would become 1:1.0-1; ${way}`,
    });
    expect(await machine.check({ remove: [old] })).toEqual({
      status: 1,
      text: `Cannot change packages: tool is held at 1:1.0~rc1-1, and would be removed; ${way}`,
    });
    expect(await machine.check({ install: [old] })).toEqual(done);
  });
});
