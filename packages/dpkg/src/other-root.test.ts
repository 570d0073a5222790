import { reverseChange } from "@firn/dpkg";
import { describeWithHosts } from "@firn/test-host/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PackageHost } from "../test-kit/package-host.ts";

const root = "/image";
const where = { root };
const done = { status: 0, text: "" };

describeWithHosts("packages of another root", () => {
  let machine: PackageHost;

  beforeAll(async () => {
    machine = await PackageHost.start();
    const folders = "mkdir -p /image/tmp /image/dev /image/proc /image/root /image/run";
    await machine.sh(`${folders}; cp -a /bin /sbin /lib* /usr /etc /var /image; cp -a /dev/null /image/dev/null`);
  }, 300_000);

  afterAll(() => machine.stop());

  test("change by the programs of that root, go back, and leave the machine alone", async () => {
    const make = (version: string): ReturnType<PackageHost["make"]> => {
      const files = { "usr/bin/inner": version, "etc/inner.conf": version };
      const scripts = { postinst: "invoke-rc.d ssh restart\npwd > /etc/where" };
      return machine.make({
        name: "inner",
        version,
        architecture: "amd64",
        files,
        conffiles: ["/etc/inner.conf"],
        scripts,
      });
    };
    const [one, two] = [make("1"), make("2")];
    const machineHas = await machine.installed();
    expect(await machine.check({ install: [one] }, where)).toEqual(done);
    expect(await machine.change({ install: [one] }, where)).toEqual(done);
    const before = await machine.installed(root);
    expect(before.filter(({ name }) => name === "inner").map(({ version }) => version)).toEqual(["1"]);
    const change = { install: [two], remove: [], mark: [], owned: [] };
    expect(await machine.keep(change, [], where)).toEqual(done);
    expect(await machine.change(change, where)).toEqual(done);
    expect(await machine.sh("cat /image/usr/bin/inner; ls /image/usr/sbin/policy-rc.d* 2>&1 || :")).toContain(
      "2ls: cannot access",
    );
    const kept = `${root}/var/lib/firn/packages/kept`;
    expect(await machine.change(reverseChange(change, before), { root, files: kept })).toEqual(done);
    expect(await machine.installed(root)).toEqual(before);
    expect(await machine.sh("cat /image/usr/bin/inner /image/etc/inner.conf /image/etc/where")).toBe("11/\n");
    expect(await machine.installed()).toEqual(machineHas);
  });

  test("come to paths that others give up", async () => {
    const paths = ["/etc/given.conf"];
    const files = { "etc/given.conf": "given\n" };
    const given = machine.make({ name: "given", version: "1", files, conffiles: paths });
    expect(await machine.change({ install: [given], owned: paths }, where)).toEqual(done);
    const look = "ls /image/etc/given.conf /etc/given.conf 2>/dev/null || :; chroot /image dpkg -V given || :";
    expect(await machine.giveBack({ paths, brought: ["given"] }, where)).toEqual(done);
    expect(await machine.sh(look)).toBe("/image/etc/given.conf\n");
    expect(await machine.takeBack(where)).toEqual(done);
    expect(await machine.sh(look)).toContain("missing   c /etc/given.conf");
  });

  test.each([
    ["no dpkg", "mkdir -p /bare/tmp", "/bare", "there is no dpkg in /bare"],
    [
      "no /dev/null",
      "rm /image/dev/null",
      root,
      "there is no /image/dev/null, without which programs do not run inside of /image",
    ],
  ])("are refused where there is %s", async (_title, prepare, other, why) => {
    await machine.sh(prepare);
    expect(await machine.check({}, { root: other })).toEqual({ status: 1, text: `Cannot change packages: ${why}\n` });
  });

  test("are none where there is no dpkg", async () => {
    await machine.sh("mkdir -p /bare");
    expect(await machine.installed("/bare")).toEqual([]);
  });
});
