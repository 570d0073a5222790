import { rmSync } from "node:fs";
import { join } from "node:path";
import { compareHosts, describeHost, type HostDescription } from "@firn/test-host";
import { describeWithHosts } from "@firn/test-host/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PackageHost } from "./package-host.ts";

const timeout = 120_000;

/** What dpkg, ldconfig and the journal remember of what they did, and what removed packages leave of their own. */
const ignore = [
  "/root/flake",
  "/root/.cache",
  "/var/lib/firn",
  "/var/lib/dpkg",
  "/var/cache/ldconfig",
  "/var/log",
  "/etc/edits",
  "/etc/edits.dpkg-dist",
  "/etc/systemd/system/multi-user.target.wants/serves.service",
];

const unit = (seconds: number): string =>
  `[Service]\nExecStart=/bin/sleep ${seconds}\n[Install]\nWantedBy=multi-user.target\n`;

describeWithHosts("packages of a host", () => {
  let packages: PackageHost;
  let bare: HostDescription;
  let bareList: readonly string[];
  let firstList: readonly string[];

  const asked = ["edits", "had", "serves"];
  const add = (version: string): void => {
    packages.archive.add(
      { name: "serves", version, depends: "lib", units: { "serves.service": unit(1000 + Number(version)) } },
      { name: "lib", version, files: { "/usr/share/lib-version": `${version}\n` } },
      { name: "edits", version, files: { "/etc/edits": `${version}\n` }, conffiles: ["/etc/edits"] },
    );
    packages.archive.publish({ date: `2026-11-0${version}T00:00:00Z` });
  };
  const pidOf = (name: string): Promise<string> =>
    packages.machine.host.succeed(["systemctl", "show", "-P", "MainPID", name]);
  const settle = async (...command: readonly string[]): Promise<string> => {
    const text = await packages.machine.succeed(...command);
    expect(await packages.machine.firn("status")).toMatchObject({ status: 0 });
    return text;
  };

  beforeAll(async () => {
    packages = await PackageHost.start();
    const { archive, machine } = packages;
    archive.add({ name: "had", version: "1", files: { "/usr/share/had": "1\n" } }, { name: "own", version: "1" });
    archive.publish({ date: "2026-10-01T00:00:00Z" });
    await machine.host.succeed(["sh", "-c", `dpkg -i ${archive.folder}/pool/main/*/*/*.deb`]);
    await machine.host.succeed(["apt-mark", "auto", "had"]);
    bare = await describeHost(machine.host, { ignore });
    bareList = await packages.listPackages();
    archive.add({ name: "had", version: "2", files: { "/usr/share/had": "2\n" } });
    add("1");
    await packages.define(asked);
  }, 300_000);

  afterAll(() => packages.stop());

  test("are planned with versions, sizes and what starts, and nothing is touched", { timeout }, async () => {
    const { status, text } = await packages.machine.firn("plan", "web");
    expect(status).toBe(2);
    expect(text).toMatch(/^Packages: 3 installed, 1 upgraded, [\d.]+ KiB$/m);
    expect(text).toContain("^ had 1 -> 2");
    expect(text).toContain("+ lib 1  (others need it)");
    expect(text).toContain("start   serves.service: its package serves is new");
    expect(await packages.machine.firn("switch", "web", "--dry-run")).toMatchObject({ status: 0 });
    expect(compareHosts(bare, await describeHost(packages.machine.host, { ignore }))).toEqual([]);
  });

  test("are exactly those of the lock after a switch, beside those that were there", { timeout }, async () => {
    await settle("switch", "web");
    firstList = await packages.listPackages();
    const others = bareList.filter((line) => !line.startsWith("had "));
    expect(firstList).toEqual([...others, "edits 1", "had 2", "lib 1 auto", "serves 1"].toSorted());
    expect(await packages.machine.host.succeed(["systemctl", "is-active", "serves"])).toBe("active\n");
    expect(await packages.machine.firn("switch", "web")).toEqual({ status: 0, text: "Nothing to do\n" });
  });

  test("move with the lock; their services restart, and what was edited stays", { timeout }, async () => {
    await packages.machine.host.writeFile("/etc/edits", "edited\n");
    const before = await pidOf("serves");
    add("2");
    await packages.define(asked);
    const text = await settle("switch", "web");
    expect(text).toContain("restart serves.service: its package serves goes from 1 to 2");
    expect(await packages.listPackages()).toEqual(
      firstList.map((line) => line.replace(/^(edits|lib|serves) 1/, "$1 2")),
    );
    expect(await pidOf("serves")).not.toBe(before);
    expect(await packages.machine.host.readFile("/etc/edits")).toBe("edited\n");
  });

  test("go back without their archive", { timeout }, async () => {
    rmSync(join(packages.archive.folder, "pool"), { recursive: true });
    const text = await settle("rollback");
    expect(text).toContain("v lib 2 -> 1");
    expect(await packages.listPackages()).toEqual(firstList);
    expect(await packages.machine.host.readFile("/usr/share/lib-version")).toBe("1\n");
    expect(await packages.machine.host.readFile("/etc/edits")).toBe("edited\n");
    expect(await packages.machine.host.succeed(["systemctl", "is-active", "serves"])).toBe("active\n");
  });

  test("are as they were when a script of one fails", { timeout }, async () => {
    const before = await pidOf("serves");
    packages.archive.add({ name: "fails", version: "1", scripts: { postinst: "echo it does not work >&2; exit 1" } });
    packages.archive.publish({ date: "2026-11-05T00:00:00Z" });
    await packages.define(["edits", "fails", "had", "serves"]);
    const { status, text } = await packages.machine.firn("switch", "web");
    expect(status, text).toBe(3);
    expect(text).toContain("it does not work");
    expect(await packages.listPackages()).toEqual(firstList);
    expect(await pidOf("serves")).toBe(before);
  });

  test("go when they are no longer declared, and what was there before is as it was", { timeout }, async () => {
    const { status, text } = await packages.machine.firn("switch", "--to-none");
    expect(status, text).toBe(0);
    expect(text).toContain("v had 2 -> 1  (what was there before)");
    expect(text).toContain("stop    serves.service: its package serves is removed");
    expect(await packages.listPackages()).toEqual(bareList);
    expect(await packages.machine.host.readFile("/usr/share/had")).toBe("1\n");
    expect(compareHosts(bare, await describeHost(packages.machine.host, { ignore }))).toEqual([]);
  });
});
