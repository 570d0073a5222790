import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openBase, startHost, sweepDeadRunners, type TestHost, whyNoTestHosts } from "@firn/test-host";
import { build } from "rolldown";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { describeWithHosts } from "./testing.ts";

/** Milliseconds for the base, which a machine without a cache makes first. */
const baseTimeout = 300_000;

describeWithHosts("startHost", () => {
  let web: TestHost;
  let db: TestHost;
  const folder = mkdtempSync(join(tmpdir(), "firn-test-host-"));
  const bound = join(folder, "bound");

  beforeAll(async () => {
    mkdirSync(bound);
    writeFileSync(join(bound, "note"), "from outside\n");
    const base = await openBase({ report: (text) => process.stderr.write(text) });
    const bind = [{ from: bound, to: "/srv/bound" }];
    [web, db] = await Promise.all([startHost({ name: "web", base, bind }), startHost({ name: "db", base })]);
    await web.snapshot("clean");
  }, baseTimeout);

  afterAll(async () => {
    await Promise.all([web.stop(), db.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  test("boots to a system in which all units that are enabled have started", async () => {
    expect(web.failedUnits).toEqual([]);
    expect(await web.succeed(["systemctl", "is-system-running"])).toBe("running\n");
    expect(await web.succeed(["hostname"])).toBe("web\n");
  });

  test("brings nginx, which is neither started nor enabled", async () => {
    expect(await web.run(["systemctl", "is-active", "nginx"])).toEqual({ status: 3, stdout: "inactive\n", stderr: "" });
    expect((await web.run(["systemctl", "is-enabled", "nginx"])).stdout).toBe("disabled\n");
  });

  test("names units that failed", async () => {
    await web.writeFile("/etc/systemd/system/broken.service", "[Service]\nType=oneshot\nExecStart=/bin/false\n");
    await web.succeed(["systemctl", "add-wants", "multi-user.target", "broken.service"]);
    await web.reboot();
    expect(web.failedUnits).toEqual(["broken.service"]);
    await web.reset("clean");
    expect(web.failedUnits).toEqual([]);
  });

  describe("run", () => {
    test("passes on input, environment, folder and status", async () => {
      const command = ["sh", "-c", 'cat; echo "$NAME $PWD $HOME" >&2; exit 7'];
      const options = { input: "read me", environment: { NAME: "a b" }, directory: "/srv" };
      expect(await web.run(command, options)).toEqual({ status: 7, stdout: "read me", stderr: "a b /srv /root\n" });
    });

    test("runs as a user, with the groups and the home of the user", async () => {
      await web.succeed(["useradd", "--create-home", "--groups", "sudo", "ada"]);
      const said = await web.succeed(["sh", "-c", "id -un; id -Gn; pwd"], { user: "ada" });
      expect(said).toBe("ada\nada sudo\n/home/ada\n");
      expect(await web.run(["true"], { user: "nobody-here" })).toMatchObject({ status: 1 });
    });

    test("reaches the systemd of a user who lingers", async () => {
      await db.succeed(["useradd", "--create-home", "ada"]);
      await db.succeed(["loginctl", "enable-linger", "ada"]);
      const ask = async (): Promise<string> =>
        (await db.run(["systemctl", "--user", "is-system-running"], { user: "ada" })).stdout;
      await expect.poll(ask, { timeout: 10_000 }).toBe("running\n");
    });

    test("kills what takes longer than it may, with what that started", async () => {
      const { status } = await web.run(["sh", "-c", "sleep 4321 & wait"], { timeout: 200 });
      expect(status).toBe(137);
      const find = async (): Promise<string> => (await web.run(["pgrep", "--full", "[s]leep 4321"])).stdout;
      // A process that was killed is there until its parent heard of it.
      await expect.poll(find, { timeout: 10_000 }).toBe("");
    });

    test("ends with the command, and not with what it left running", async () => {
      const begin = performance.now();
      expect(await web.succeed(["sh", "-c", "echo done; setsid sleep 60 &"])).toBe("done\n");
      expect(performance.now() - begin).toBeLessThan(20_000);
    });
  });

  test("succeed throws all that a command said", async () => {
    const failing = web.succeed(["sh", "-c", "echo printed; echo wrote >&2; exit 4"]);
    await expect(failing).rejects.toThrow(/status is 4\n.*wrote\n.*printed/);
  });

  test("writeFile makes folders, and readFile reads on the host also through absolute links", async () => {
    await web.writeFile("/opt/some/deep/file", "text\n", 0o640);
    await web.succeed(["ln", "-s", "/opt/some", "/opt/link"]);
    expect(await web.readFile("/opt/link/deep/file")).toBe("text\n");
    expect(await web.succeed(["stat", "-c", "%a %U", "/opt/some/deep/file"])).toBe("640 root\n");
    expect(readFileSync(web.path("/opt/some/deep/file"), "utf8")).toBe("text\n");
  });

  test("copyIn and copyOut keep modes, owners and links", async () => {
    const local = join(folder, "tree");
    mkdirSync(join(local, "sub"), { recursive: true });
    writeFileSync(join(local, "sub", "program"), "#!/bin/sh\necho ran\n", { mode: 0o755 });
    symlinkSync("/nowhere/else", join(local, "link"));
    await web.copyIn(local, "/opt/new/tree");
    expect(await web.succeed(["/opt/new/tree/sub/program"])).toBe("ran\n");
    await web.succeed(["chown", "33:33", "/opt/new/tree/sub/program"]);
    await web.copyOut("/opt/new/tree", join(folder, "back"));
    expect(readlinkSync(join(folder, "back", "link"))).toBe("/nowhere/else");
    expect(execFileSync("stat", ["-c", "%a %u:%g", join(folder, "back/sub/program")], { encoding: "utf8" })).toBe(
      "755 33:33\n",
    );
  });

  test("copyIn goes to where an absolute link of the host leads on the host", async () => {
    writeFileSync(join(folder, "one"), "1");
    await web.succeed(["ln", "-s", "/srv", "/opt/elsewhere"]);
    await web.copyIn(join(folder, "one"), "/opt/elsewhere/one-of-firn");
    expect(await web.readFile("/srv/one-of-firn")).toBe("1");
    expect(existsSync("/srv/one-of-firn")).toBe(false);
  });

  test("bind shows files of this machine, which the host cannot change, also after a reset", async () => {
    expect(await web.readFile("/srv/bound/note")).toBe("from outside\n");
    const { status, stderr } = await web.run(["sh", "-c", "echo more >> /srv/bound/note"]);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining("Read-only file system") });
    await web.reset("clean");
    expect(await web.readFile("/srv/bound/note")).toBe("from outside\n");
  });

  test("reset brings back what a snapshot holds, and nothing else, as often as wanted", async () => {
    await web.writeFile("/etc/motd", "first\n");
    await web.succeed(["ln", "/etc/motd", "/etc/motd-too"]);
    await web.snapshot("first");
    await web.writeFile("/etc/motd", "second\n");
    await web.succeed(["rm", "-r", "/etc/nginx"]);
    await web.reset("first");
    expect(await web.succeed(["sh", "-c", "cat /etc/motd; stat -c %h /etc/motd; ls -d /etc/nginx"])).toBe(
      "first\n2\n/etc/nginx\n",
    );
    await web.reset("clean");
    expect(await web.run(["ls", "/etc/motd-too"])).toMatchObject({ status: 2 });
    await expect(web.reset("never")).rejects.toThrow('Cannot reset a test host to "never"');
    await web.reset("first");
    expect(await web.readFile("/etc/motd")).toBe("first\n");
  });

  test("snapshot disturbs nothing that runs", async () => {
    const before = web.leader;
    await web.snapshot("while it runs");
    expect(web.leader).toBe(before);
    expect(await web.succeed(["systemctl", "is-system-running"])).toBe("running\n");
  });

  test("reboot keeps files and starts what is enabled, and forgets what was in memory", async () => {
    await web.succeed(["systemctl", "enable", "nginx"]);
    await web.succeed(["sh", "-c", "echo there > /run/in-memory"]);
    await web.succeed(["nft", "add", "table", "inet", "own"]);
    await web.reboot();
    expect(await web.succeed(["systemctl", "is-active", "nginx"])).toBe("active\n");
    expect(await web.succeed(["nft", "list", "ruleset"])).toBe("");
    expect(await web.run(["ls", "/run/in-memory"])).toMatchObject({ status: 2 });
    expect(await (await fetch(`http://${web.address}/`)).text()).toContain("Welcome to nginx");
  });

  test("powerCut ends everything at once, and keeps what was written", async () => {
    const stops = "[Service]\nExecStart=sleep infinity\nExecStop=touch /opt/was-stopped\n";
    await web.writeFile("/etc/systemd/system/careful.service", stops);
    await web.succeed(["systemctl", "start", "careful"]);
    await web.powerCut();
    expect(await web.readFile("/etc/systemd/system/careful.service")).toBe(stops);
    expect(await web.run(["ls", "/opt/was-stopped"])).toMatchObject({ status: 2 });
  });

  test("powerCut leaves a host where those who have talked to it find it", async () => {
    const linkAddress = (): Promise<string> => web.readFile("/sys/class/net/host0/address");
    const before = await linkAddress();
    await db.succeed(["ping", "-c1", "-W5", web.address]);
    await web.powerCut();
    await db.succeed(["ping", "-c1", "-W5", web.address]);
    expect(await linkAddress()).toBe(before);
  });

  test("hosts reach each other, and no other network", async () => {
    await web.succeed(["ping", "-c1", "-W5", db.address]);
    expect(await web.succeed(["ip", "route", "show", "default"])).toBe("");
    // Whoever adds a route by hand does not get further than this machine.
    await web.succeed(["ip", "route", "add", "default", "via", web.address.replace(/\d+$/, "1")]);
    const { bridge } = networkOf(web);
    expect(readFileSync(`/proc/sys/net/ipv4/conf/${bridge}/forwarding`, "utf8")).toBe("0\n");
  });

  test("ssh lets the runner log in, with a key of the host that it knows", () => {
    const { address, port, user, keyFile, knownHostsFile } = web.ssh;
    const options = ["BatchMode=yes", "StrictHostKeyChecking=yes", `UserKnownHostsFile=${knownHostsFile}`];
    const args = [...options.flatMap((option) => ["-o", option]), "-F", "none", "-i", keyFile, "-p", `${port}`];
    const said = execFileSync("ssh", [...args, `${user}@${address}`, "hostname"], {
      encoding: "utf8",
      timeout: 20_000,
    });
    expect(said).toBe("web\n");
  });

  test("stop leaves nothing of a host, twice as once", async () => {
    const host = await startHost({ name: "short" });
    const { id } = networkOf(host);
    const { leader } = host;
    expect(leftBy(id)).not.toEqual([]);
    await host.stop();
    await host.stop();
    expect(leftBy(id)).toEqual([]);
    expect(existsSync(`/proc/${leader}`)).toBe(false);
    await expect(async () => host.run(["true"])).rejects.toThrow('Cannot use the test host "short"');
  });

  describe("a runner of its own", () => {
    test("is told to be root, and which programs are missing", async () => {
      expect(whyNoTestHosts()).toBeUndefined();
      const program = await bundleProgram(`import { whyNoTestHosts } from "HERE"; console.log(whyNoTestHosts());`);
      const ask = (command: string[]): string => execFileSync("setpriv", command, { encoding: "utf8" });
      expect(ask(["--reuid=65534", "--clear-groups", process.execPath, program])).toBe("test hosts need root\n");
      const nowhere = ask(["env", "PATH=/nowhere", process.execPath, program]);
      expect(nowhere).toMatch(/"systemd-nspawn", "unshare" cannot be found: apt-get install .*systemd-container/);
    });

    test("takes its hosts with it when it is killed, and the next one removes what they had", async () => {
      const program = await bundleProgram(`
        import { startHost } from "HERE";
        const host = await startHost({ name: "left" });
        console.log(host.leader);
        setInterval(() => {}, 1000);`);
      const runner = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit"] });
      onTestFinished(() => void runner.kill("SIGKILL"));
      const [line] = await once(runner.stdout, "data");
      const leader = Number(String(line));
      const { id } = networkOf({ leader });
      runner.kill("SIGKILL");
      await expect.poll(() => existsSync(`/proc/${leader}`), { timeout: 10_000 }).toBe(false);
      expect(leftBy(id)).not.toEqual([]);
      await sweepDeadRunners();
      // Another runner can have begun to do the same.
      await expect.poll(() => leftBy(id), { timeout: 10_000 }).toEqual([]);
    });
  });
});

/** Says how the kernel knows a host: the name of its group, network and link, and that of its bridge. */
function networkOf({ leader }: { readonly leader: number }): { readonly id: string; readonly bridge: string } {
  const id = /0::\/([^/\n]+)/.exec(readFileSync(`/proc/${leader}/cgroup`, "utf8"))?.[1] ?? "";
  return { id, bridge: id.replace(/-\d+$/, "") };
}

/** Lists what is left of a host in the kernel, and of its disk. */
function leftBy(id: string): string[] {
  const [, slot, number] = /^\D+(\d+)-(\d+)$/.exec(id) ?? [];
  const groups = ["", "unified/", "systemd/", "memory/", "pids/"].map((name) => `/sys/fs/cgroup/${name}${id}`);
  const disk = `/var/tmp/firn-test-hosts/disks/${slot}/${number}`;
  return [...groups, `/sys/class/net/${id}`, `/run/netns/${id}`, disk].filter((path) => existsSync(path));
}

/** Writes a program that imports this package as "HERE", and returns its path. */
async function bundleProgram(text: string): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "firn-test-host-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  // Whoever is not root reads it, too.
  execFileSync("chmod", ["755", folder]);
  const index = join(import.meta.dirname, "index.ts");
  writeFileSync(join(folder, "main.ts"), text.replace("HERE", index));
  const file = join(folder, "main.mjs");
  await build({
    input: join(folder, "main.ts"),
    platform: "node",
    output: { file, format: "esm" },
    logLevel: "silent",
  });
  return file;
}
