import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { type ArchiveServer, SigningKey } from "@firn/apt/testing";
import { failAt } from "@firn/fault";
import { compareHosts, describeHost, type HostDescription } from "@firn/test-host";
import { describeWithHosts } from "@firn/test-host/testing";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Said } from "./flake-host.ts";
import { PackageHost } from "./package-host.ts";
import { PackageMirror } from "./package-mirror.ts";

const timeout = 300_000;
const ignore = [
  // What the test changes, and what Firn remembers.
  "/root",
  "/var/lib/firn",
  // What dpkg remembers of what it did; which packages there are is compared by itself.
  "/var/lib/dpkg",
  "/var/lib/apt/extended_states",
  // Programs that fail for want of room leave what the next boot removes.
  "/tmp",
  // What the tests below start and mount.
  "holder.service",
  "*.mount",
  "/mnt/full",
  "/usr/share/moves",
];

/** At how many of its calls the switch runs out of room; FIRN_FAULTS sets another number. */
const faults = Number(process.env["FIRN_FAULTS"] ?? 3);

/** Text that does not become smaller when it is packed. */
const big = Array.from({ length: 400 }, () => randomBytes(400).toString("hex")).join("\n");

/** Takes dpkg's lock as dpkg does, says so, and keeps it. */
const holdLock = `#!/usr/bin/perl
use Fcntl;
open(my $lock, ">>", "/var/lib/dpkg/lock-frontend") or die;
my $all = pack("ssx4qqix4", F_WRLCK, 0, 0, 0, 0);
fcntl($lock, F_SETLK, $all) or die;
open(my $ready, ">", "/run/ready") or die;
sleep;
`;

/** Says that it runs, and goes on once it may. */
const waitForLeave = "touch /run/ready; while [ ! -e /run/leave ]; do sleep 0.05; done";

describeWithHosts("a switch of packages", () => {
  let packages: PackageHost;
  let server: ArchiveServer;
  let mirror: PackageMirror;
  let before: HostDescription;
  let installed: readonly string[];

  const publish = (day: number, more: object = {}): unknown =>
    packages.archive.publish({ date: `2020-01-0${day}T00:00:00Z`, ...more });
  const firn = (...args: readonly string[]): Promise<Said> => packages.machine.firn(...args);
  const sh = (script: string, ...args: readonly string[]): Promise<string> =>
    packages.machine.host.succeed(["sh", "-euc", script, "sh", ...args]);
  const describeNow = (): Promise<HostDescription> => describeHost(packages.machine.host, { ignore });
  const isOld = async (): Promise<void> => {
    expect(await packages.listPackages()).toEqual(installed);
    expect(compareHosts(before, await describeNow())).toEqual([]);
    expect(await packages.machine.host.readFile("/usr/share/moves/big")).toBe(big);
    expect(await firn("store", "verify")).toMatchObject({ status: 0 });
  };
  /** What is there once the switch succeeds. */
  const newList = (version = "2"): string[] => {
    const others = installed.filter((line) => !/^(?:goes|moves) /.test(line));
    return [...others, "comes 2 auto", `moves ${version}`].toSorted();
  };
  const succeeds = async (version?: string): Promise<void> => {
    await packages.machine.succeed("switch", "web");
    expect(await packages.listPackages()).toEqual(newList(version));
    expect(await firn("status")).toMatchObject({ status: 0 });
  };
  const start = async (unit: string, ...command: readonly string[]): Promise<void> => {
    await sh('unit=$1; shift; systemd-run --quiet --unit="$unit" -- "$@"', unit, ...command);
    await sh("while [ ! -e /run/ready ]; do sleep 0.05; done");
  };

  beforeAll(async () => {
    packages = await PackageHost.start();
    const { archive, machine } = packages;
    server = await archive.serve();
    mirror = await PackageMirror.start(server, machine.host);
    packages.address = mirror.address;
    const moves = { name: "moves", files: { "/usr/share/moves/big": big } };
    archive.add(
      { name: "goes", version: "1", scripts: { prerm: "[ ! -e /run/stays ] || { echo it does not go >&2; exit 1; }" } },
      { ...moves, version: "1" },
    );
    publish(1);
    await packages.define(["goes", "moves"]);
    await machine.succeed("switch", "web");
    before = await describeNow();
    installed = await packages.listPackages();
    archive.add({ ...moves, version: "2", depends: "comes" }, { name: "comes", version: "2" });
    publish(2);
    await packages.define(["moves"]);
    await machine.host.snapshot("old");
  }, 300_000);

  beforeEach(() => packages.machine.host.reset("old"), 60_000);

  afterAll(async () => {
    await packages.stop();
    await mirror.leave();
    await server.stop();
  });

  describe("while they are fetched", () => {
    const file = "/pool/main/m/moves/moves_2_all.deb";

    test(
      "fails with the address of a server that goes away in the middle, and goes on later",
      { timeout },
      async () => {
        server.fail("moves_2", { cutAfter: 1000 });
        const { status, text } = await firn("switch", "web");
        server.heal();
        expect(status, text).toBe(1);
        expect(text).toContain('error[fetch-failed]: Cannot fetch "moves 2"');
        expect(text).toContain(`why: ${mirror.address}${file}: the connection broke off`);
        expect(text).toContain("fix: Run it again: what has arrived is not fetched twice");
        await isOld();
        await mirror.leave();
        const gone = await firn("switch", "web");
        await mirror.comeBack();
        expect(gone).toMatchObject({ status: 1 });
        expect(gone.text).toContain(`why: ${mirror.address}${file}: the host does not accept the connection`);
        expect(gone.text).toContain("fix: Check the address, that this machine is online");
        await isOld();
        server.requests.splice(0);
        await succeeds();
        expect(server.requests).toEqual([file]);
      },
    );

    test("takes no other byte than what is locked", { timeout }, async () => {
      server.fail("moves_2", { change: (body) => Buffer.concat([body.subarray(0, -1), Buffer.from("?")]) });
      const { status, text } = await firn("switch", "web");
      server.heal();
      expect(status, text).toBe(1);
      expect(text).toContain(`why: ${mirror.address}${file}: its content is another: its sha256 is `);
      expect(text).toContain("fix: Name another address: what this one has is not what is locked");
      await isOld();
      await succeeds();
    });

    test.each<[what: string, more: object, why: string, fix: string]>([
      [
        "signed by somebody else",
        { keys: [new SigningKey("somebody")] },
        'InRelease: it is signed by "',
        "do not use what is signed by others",
      ],
      [
        "no longer valid",
        { validUntil: "2020-01-04T00:00:00Z" },
        "InRelease: it counted until 2020-01-04T00:00:00Z",
        "snapshot: 2020-01-03T00:00:00Z",
      ],
    ])("believes no list that is %s", { timeout }, async (_, more, why, fix) => {
      publish(3, more);
      const lock = await packages.machine.host.readFile("/root/flake/lockfile.json");
      const { status, text } = await firn("update", "debian");
      publish(2);
      expect(status, text).toBe(1);
      expect(text).toContain(`error[bad-source]: Cannot trust the suite "stable" of "${mirror.address}"`);
      expect(text).toContain(why);
      expect(text).toContain(fix);
      expect(await packages.machine.host.readFile("/root/flake/lockfile.json")).toBe(lock);
      await isOld();
      await packages.machine.succeed("update", "debian");
      await succeeds();
    });
  });

  describe("on a full disk", () => {
    /** Puts a folder on a file system of its own that has some room left, in KiB. */
    const bound = (path: string, room: number): Promise<string> =>
      sh(
        'mkdir -p /mnt/full; mount -t tmpfs -o size=1g tmpfs /mnt/full; cp -a -- "$1/." /mnt/full; used=$(df -k --output=used /mnt/full | tail -n 1); mount -o "remount,size=$((used + $2))k" /mnt/full; mount --bind /mnt/full "$1"',
        path,
        `${room}`,
      );
    const makeRoom = (): Promise<string> => sh("mount -o remount,size=1g /mnt/full");

    test.each([
      [
        100,
        'error[store-failed]: Cannot write the store "/var/lib/firn/store"',
        "fix: Make room, for example with firn gc",
      ],
      [250, "error[switch-failed]: Cannot write what the switch needs", "fix: Make room, "],
    ])("of Firn with %i KiB left leaves the machine as it was", { timeout }, async (room, message, fix) => {
      await bound("/var/lib/firn", room);
      const { status, text } = await firn("switch", "web");
      expect(status, text).toBe(1);
      for (const part of [message, fix, "why: ENOSPC: no space left on device"]) expect(text).toContain(part);
      await isOld();
      await makeRoom();
      await succeeds();
    });

    test("of packages leaves the machine as it was", { timeout }, async () => {
      await bound("/usr/share/moves", 100);
      const { status, text } = await firn("switch", "web");
      expect(status, text).toBe(3);
      expect(text).toContain("No space left on device");
      expect(text).toContain("Cannot change packages: there is no room left: make some, and run it again");
      expect(text).toContain("is what it was before");
      await isOld();
      await makeRoom();
      await succeeds();
    });

    test("is foreseen where packages say what they need", { timeout }, async () => {
      const { archive, machine } = packages;
      archive.add({ name: "moves", version: "3", depends: "comes", description: "Big\nInstalled-Size: 5000000000" });
      publish(3);
      await machine.succeed("update", "debian");
      const { status, text } = await firn("switch", "web");
      archive.add({ name: "moves", version: "4", depends: "comes" });
      publish(4);
      expect(status, text).toBe(1);
      expect(text).toMatch(/^Cannot change packages: it needs 5\d* [GT]B more, and \/usr has \d+ kB$/m);
      await isOld();
      await machine.succeed("update", "debian");
      await succeeds("4");
    });

    test("at any moment is overcome by the next command, once there is room", { timeout: 3_600_000 }, async () => {
      const { host } = packages.machine;
      const command = [
        ...packages.machine.enter({ FIRN_NO_SYNC: "1" }),
        ...packages.machine.commandLine("switch", "web"),
      ];
      // While the command below is watched, no server of this process answers.
      await packages.machine.succeed("build", "web");
      await host.snapshot("built");
      const { count, output, status } = failAt(1_000_000, { error: "ENOSPC" }, command);
      expect(status, output).toBe(0);
      expect(await packages.listPackages()).toEqual(newList());
      for (let point = 0; point < faults; point++) {
        await host.reset("built");
        const n = 1 + Math.floor(((point + 0.5) * count) / faults);
        const failed = failAt(n, { error: "ENOSPC", isLasting: true }, command);
        expect(failed.status, `at ${n}: ${failed.output}`).not.toBe(0);
        const { status: back, text } = await firn("rollback", "1");
        expect(back, `at ${n}: ${text}`).toBe(0);
        await isOld();
        await succeeds();
      }
    });
  });

  describe("with scripts that fail", () => {
    test("takes back what they began, and says what they said", { timeout }, async () => {
      const { archive, machine } = packages;
      const scripts = { postinst: "echo it does not work >&2; exit 1" };
      archive.add({ name: "moves", version: "5", depends: "comes", scripts });
      publish(5);
      await machine.succeed("update", "debian");
      const { status, text } = await firn("switch", "web");
      archive.add({ name: "moves", version: "6", depends: "comes" });
      publish(6);
      expect(status, text).toBe(3);
      expect(text).toContain("it does not work\ndpkg: error processing package moves (--configure):\n");
      expect(text).toContain("Cannot change packages: apt-get did not succeed");
      expect(text).toContain("The switch failed, and the machine is what it was before");
      await isOld();
      await machine.succeed("update", "debian");
      await succeeds("6");
    });

    test("does so for one that is to go", { timeout }, async () => {
      await sh("touch /run/stays");
      const { status, text } = await firn("switch", "web");
      expect(status, text).toBe(3);
      expect(text).toContain("it does not go");
      await isOld();
      await sh("rm /run/stays");
      await succeeds();
    });
  });

  describe("while somebody else works with dpkg", () => {
    test("does not begin, and names who holds the lock", { timeout }, async () => {
      await packages.machine.host.writeFile("/root/hold", holdLock, 0o755);
      await start("holder", "/root/hold");
      const { status, text } = await firn("switch", "web");
      expect(status, text).toBe(1);
      expect(text).toMatch(
        /^Cannot change packages: dpkg is in use: Could not get lock \S+\. It is held by process \d+ \(hold\)$/m,
      );
      expect(text).toContain("Wait until that has ended, and run it again");
      expect(text).toContain("Nothing was changed");
      await isOld();
      await sh("systemctl stop holder");
      await succeeds();
    });

    test("goes on once their apt-get has ended, and leaves what it brought", { timeout }, async () => {
      const { archive } = packages;
      archive.add({ name: "slow", version: "1", scripts: { postinst: waitForLeave } });
      const file = "/root/slow.deb";
      await packages.machine.host.writeFile(file, readFileSync(`${archive.folder}/pool/main/s/slow/slow_1_all.deb`));
      archive.remove("slow");
      await start("other", "apt-get", "-q", "-y", "install", file);
      const { status, text } = await firn("switch", "web");
      expect(status, text).toBe(1);
      expect(text).toMatch(/dpkg is in use: Could not get lock .* It is held by process \d+ \(apt-get\)$/m);
      await sh("touch /run/leave; while systemctl -q is-active other; do sleep 0.05; done");
      await packages.machine.succeed("switch", "web");
      expect(await packages.listPackages()).toEqual([...newList(), "slow 1"].toSorted());
    });
  });
});
