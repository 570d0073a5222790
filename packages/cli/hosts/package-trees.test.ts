import { rmSync } from "node:fs";
import { compareHosts, describeHost, type HostDescription } from "@firn/test-host";
import { describeWithHosts } from "@firn/test-host/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PackageHost } from "./package-host.ts";
import type { RawDefinitions } from "./raw-host.ts";
import { nextRelease, RealArchive } from "./real-archive.ts";

const timeout = 120_000;

/** The flake, caches, and the store, which keeps what was built of late. */
const ignore = ["/root/flake", "/root/.cache", "/var/lib/firn"];

const app = {
  name: "app.service",
  text: `[Service]
Type=exec
ExecStart=/usr/bin/python3 -c 'import sys, time; open("/run/app", "w").write(sys.version.split()[0]); time.sleep(9999)'
`,
  wantedBy: ["multi-user.target"],
  packages: { python3: {} },
};

const users = {
  users: { ada: { group: "ada", home: "/home/ada", shell: "/bin/sh", isSystem: false } },
  groups: { ada: {} },
};

/** A user with jq and a service with Python, both of the next release, neither of which the machine has. */
const withTrees: RawDefinitions = { users, homes: { ada: { packages: { jq: {} } } }, systemd: { services: { app } } };

describeWithHosts("packages of a user and of a service, of the next release", () => {
  let packages: PackageHost<RealArchive>;
  let bare: HostDescription;

  const succeed = (...command: readonly string[]): Promise<string> => packages.machine.host.succeed(command);
  const jq = (...args: readonly string[]) =>
    packages.machine.host.run(["/home/ada/.local/share/firn/profile/bin/jq", ...args], { user: "ada" });
  const mainPid = (): Promise<string> => succeed("systemctl", "show", "-P", "MainPID", "app");
  const isSettled = async (): Promise<void> => {
    expect(await packages.machine.firn("plan", "web")).toMatchObject({ status: 0 });
    expect(await packages.machine.firn("status")).toMatchObject({ status: 0 });
  };

  beforeAll(async () => {
    packages = await PackageHost.startWith((folder) =>
      RealArchive.make(folder, { names: ["jq", "python3"], moved: "jq", release: nextRelease, isForTrees: true }),
    );
    bare = await describeHost(packages.machine.host, { ignore });
    packages.archive.publish("old");
    await packages.define([], withTrees);
  }, 300_000);

  afterAll(() => packages.stop());

  test("run with what they need, and nothing is installed", { timeout }, async () => {
    const before = await packages.listPackages();
    const { text } = await packages.machine.firn("plan", "web");
    expect(text).toMatch(/^ {2}\+ ada: jq 1\.7\S+ {2}hosts\/web\/src\/index\.ts:\d+:\d+$/m);
    expect(text).toMatch(/^ {2}\+ app\.service: python3 3\.13\S+ {2}hosts/m);
    expect(text).toMatch(/^ {2}~ ada: \d+ packages that others need$/m);
    await packages.machine.succeed("switch", "web");
    await isSettled();
    expect((await jq("--version")).stdout).toMatch(/^jq-1\.7/);
    expect((await jq("-n", "-r", "env.HOME")).stdout).toBe("/home/ada\n");
    expect(await succeed("cat", "/run/app")).toMatch(/^3\.13\./);
    expect(await packages.listPackages()).toEqual(before);
    // The machine still has its own libraries, and no Python.
    expect(await packages.machine.host.run(["test", "-e", "/usr/bin/python3"])).toMatchObject({ status: 1 });
  });

  test("move with an update, each alone, and come back without the archive", { timeout }, async () => {
    const pid = await mainPid();
    packages.archive.publish("new");
    await packages.define([], withTrees);
    const plan = (await packages.machine.firn("plan", "web")).text;
    expect(plan).toMatch(/^ {2}~ ada: jq \S+ -> \S+\+firn1 {2}hosts/m);
    expect(plan).not.toContain("app.service");
    await packages.machine.succeed("switch", "web");
    await isSettled();
    expect((await jq("-R", "-r", ".", "/usr/share/firn-newer")).stdout).toContain("+firn1");
    expect(await mainPid()).toBe(pid);
    rmSync(packages.archive.folder, { recursive: true });
    await packages.machine.succeed("rollback");
    expect(await jq("-R", "-r", ".", "/usr/share/firn-newer")).toMatchObject({ status: 2 });
    expect((await jq("--version")).stdout).toMatch(/^jq-1\.7/);
    expect(await mainPid()).toBe(pid);
  });

  test("survive a collection and a reboot while they are used, and leave nothing", { timeout }, async () => {
    await packages.machine.succeed("gc", "--keep", "1");
    await packages.machine.host.reboot();
    expect((await jq("--version")).stdout).toMatch(/^jq-1\.7/);
    expect(await succeed("systemctl", "is-active", "app")).toBe("active\n");
    await packages.machine.succeed("store", "verify");
    await packages.machine.succeed("switch", "--to-none");
    expect(compareHosts(bare, await describeHost(packages.machine.host, { ignore }))).toEqual([]);
  });
});
