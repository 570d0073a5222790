import { renameSync } from "node:fs";
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
    expect(plan).toMatch(/^ {2}~ ada: jq \S+ -> \S+\+firn1 {2}input debian \S+ -> /m);
    expect(plan).not.toContain("app.service");
    await packages.machine.succeed("switch", "web");
    await isSettled();
    expect((await jq("-R", "-r", ".", "/usr/share/firn-newer")).stdout).toContain("+firn1");
    expect(await mainPid()).toBe(pid);
    renameSync(packages.archive.folder, `${packages.archive.folder}.away`);
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

  test("are made by the flake itself, too, installed or not, and taken back", { timeout }, async () => {
    const file = (name: string, text: string) => ({
      sources: { [name]: { text: `#!/bin/sh\n${text}\n` } },
      install: { [`usr/bin/${name}`]: { from: name } },
    });
    const shout = {
      version: "1",
      depends: ["dash"],
      ...file("shout", "cat /usr/share/shout.json"),
      build: { script: "mkdir -p $out/usr/share\njq -n -c '{loud: true}' > $out/usr/share/shout.json", tools: ["jq"] },
    };
    const define = (word: string): Promise<string> =>
      packages.define(["greet"], {
        users,
        homes: { ada: { packages: { shout: {} } } },
        packages: { own: { greet: { version: "1", ...file("greet", `echo ${word}`) }, shout } },
      });
    renameSync(`${packages.archive.folder}.away`, packages.archive.folder);
    await define("one");
    await packages.machine.succeed("switch", "web");
    await isSettled();
    expect(await succeed("greet")).toBe("one\n");
    const shouted = ["/home/ada/.local/share/firn/profile/bin/shout"];
    expect(await packages.machine.host.succeed(shouted, { user: "ada" })).toBe('{"loud":true}\n');
    expect(await packages.listPackages()).toContainEqual(expect.stringMatching(/^greet 1\+firn\.[0-9a-f]{10}$/));
    expect(await define("two")).toMatch(/greet 1\+firn\.[0-9a-f]{10}/);
    expect((await packages.machine.firn("plan", "web")).text).toMatch(
      /^ {2}[\^v] greet 1\+firn\.\w+ -> 1\+firn\.\w+ /m,
    );
    await packages.machine.succeed("switch", "web");
    expect(await succeed("greet")).toBe("two\n");
    await packages.machine.succeed("rollback");
    expect(await succeed("greet")).toBe("one\n");
    await packages.machine.succeed("switch", "--to-none");
    expect(await packages.machine.host.run(["greet"])).not.toMatchObject({ status: 0 });
  });

  test("are in shells of an ordinary user, who needs no rights", { timeout }, async () => {
    const { archive, machine } = packages;
    await succeed("useradd", "--create-home", "bea");
    await machine.write(
      "flake.yaml",
      `name: web
inputs:
  debian: { apt: "file://${archive.folder}", suites: [stable], keys: [${archive.key.fingerprint}], keyring: keys.gpg }
shells:
  default: { packages: [jq], environment: { COLOR: blue } }
`,
    );
    await machine.moveTo("/home/bea/flake", "bea");
    await machine.succeed("lock");
    expect(await machine.succeed("develop", "--", "jq", "-n", "-r", "env.COLOR, env.FIRN_SHELL")).toContain(
      "blue\ndefault\n",
    );
    const script = "import os; print(os.getuid() == os.stat(os.path.expanduser('~')).st_uid, os.getcwd())";
    expect(await machine.succeed("shell", "python3", "jq", "--", "python3", "-c", script)).toContain(
      "True /home/bea/flake\n",
    );
    expect(await machine.firn("run", "python3", "--", "python3", "-c", "raise SystemExit(7)")).toEqual({
      status: 7,
      text: "",
    });
    const lines = await machine.succeed("develop", "--direnv");
    const loaded = await machine.host.run(["sh", "-ec", `watch_file() { :; }\n${lines}\njq --version; echo $COLOR`], {
      user: "bea",
    });
    expect(loaded).toMatchObject({ status: 0, stdout: expect.stringMatching(/^jq-1\.7.*\nblue\n$/) as string });
  });
});
