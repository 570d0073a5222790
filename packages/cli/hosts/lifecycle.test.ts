import { compareHosts, describeHost, type HostDescription } from "@firn/test-host";
import { describeWithHosts } from "@firn/test-host/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FlakeHost } from "./flake-host.ts";

const timeout = 120_000;
const entry = "hosts/web/src/index.ts";

/** What services that ran leave of their own, and targets that only order others and that nobody stops. */
const ignore = ["/root/flake", "/root/.cache", "/var/lib/nginx", "network-pre.target"];

const blog = `"blog.example.org": { root: "/srv/blog" }, "www.example.org"`;
const page = `"/srv/blog/index.html": { text: "A blog\\n" }, "/srv/www/index.html"`;

describeWithHosts("hosts/web, from a bare machine", () => {
  let machine: FlakeHost;
  let bare: HostDescription;
  let first: HostDescription;

  beforeAll(async () => {
    machine = await FlakeHost.start({ name: "web" });
    bare = await describeHost(machine.host, { ignore });
  }, 300_000);

  afterAll(() => machine.host.stop());

  /** Switches, and sees that nothing is left to do. */
  const settle = async (): Promise<string> => {
    const { status, text } = await machine.firn("switch", "web");
    expect(status, text).toBe(0);
    expect(await machine.firn("plan", "web")).toMatchObject({ status: 0 });
    expect(await machine.firn("switch", "web")).toEqual({ status: 0, text: "Nothing to do\n" });
    expect(await machine.firn("status")).toMatchObject({ status: 0 });
    expect(await machine.host.succeed(["systemctl", "list-units", "--failed", "--no-legend"])).toBe("");
    return text;
  };

  test("is planned without touching it", { timeout }, async () => {
    const { status, text } = await machine.firn("plan", "web");
    expect(status, text).toBe(2);
    expect(text).toContain("start   nginx.service: it is new, and multi-user.target wants it");
    const { status: dry } = await machine.firn("switch", "web", "--dry-run");
    expect(dry).toBe(0);
    const store = "/var/lib/firn";
    const now = await describeHost(machine.host, { ignore: [...ignore, store] });
    expect(compareHosts(bare, now)).toEqual([]);
  });

  test("serves its page, with its users, timer, sysctl and firewall", { timeout }, async () => {
    await settle();
    first = await describeHost(machine.host, { ignore });
    expect(await machine.fetch("www.example.org")).toContain("Served by Firn");
    expect(await machine.fetch("status.example.org", 8080)).toContain("<title>web</title>");
    const { host } = machine;
    expect(await host.succeed(["sysctl", "-n", "net.core.somaxconn"])).toBe("4096\n");
    expect(await host.succeed(["systemctl", "is-active", "renew-status.timer"])).toBe("active\n");
    expect(await host.succeed(["nft", "list", "ruleset"])).toMatch(/dport .*80/);
    expect(await host.succeed(["id", "-Gn", "ada"])).toBe("ada sudo\n");
    expect(await host.succeed(["hostname"])).toBe("web\n");
    expect(await host.succeed(["cat", "/home/ada/.ssh/authorized_keys"], { user: "ada" })).toContain("ssh-ed25519 ");
  });

  test("is the same after a boot", { timeout }, async () => {
    await machine.host.reboot();
    expect(machine.host.failedUnits).toEqual([]);
    expect(await machine.fetch("www.example.org")).toContain("Served by Firn");
    expect(await machine.firn("status")).toMatchObject({ status: 0 });
    expect(compareHosts(first, await describeHost(machine.host, { ignore }))).toEqual([]);
  });

  test("goes to a second definition: another site, another user, another limit", { timeout }, async () => {
    const bob = `bob: { isNormalUser: true, hashedPassword: "!" }, ada`;
    await machine.edit(
      entry,
      ['"www.example.org"', blog],
      ['"/srv/www/index.html"', page],
      ["ada:", `${bob}:`],
      ["mkForce(1536)", "mkForce(1024)"],
    );
    const text = await settle();
    expect(text).toContain("reload  nginx.service: [Unit] X-Reload-Triggers changed");
    expect(await machine.fetch("blog.example.org")).toBe("A blog\n");
    expect(await machine.host.succeed(["id", "-un", "bob"])).toBe("bob\n");
  });

  test("goes to a third: no users, no status page, no timer", { timeout }, async () => {
    await machine.edit(
      entry,
      [/ {6}users: \{\n[\s\S]*?\n {6}\},\n/, ""],
      [", status, tuning]", ", tuning]"],
      ['import status from "./status.ts";\n', ""],
    );
    const text = await settle();
    expect(text).toContain("stop    renew-status.timer: it is no longer defined");
    expect(await machine.host.run(["id", "ada"])).toMatchObject({ status: 1 });
    expect(await machine.host.run(["systemctl", "is-active", "renew-status.timer"])).toMatchObject({ status: 3 });
    expect(await machine.fetch("www.example.org")).toContain("Served by Firn");
  });

  test("goes back to the first, by its number", { timeout }, async () => {
    const { status, text } = await machine.firn("rollback", "1");
    expect(status, text).toBe(0);
    expect(await machine.fetch("status.example.org", 8080)).toContain("<title>web</title>");
    expect(await machine.firn("status")).toMatchObject({ status: 0 });
    const again = await describeHost(machine.host, { ignore: [...ignore, "/var/lib/firn"] });
    expect(compareHosts(first, again).filter((line) => !line.startsWith("/var/lib/firn"))).toEqual([]);
  });

  test("leaves nothing on a machine that goes without Firn", { timeout }, async () => {
    const { status, text } = await machine.firn("switch", "--to-none");
    expect(status, text).toBe(0);
    expect(await machine.firn("gc", "--keep", "0")).toMatchObject({ status: 0 });
    expect(compareHosts(bare, await describeHost(machine.host, { ignore }))).toEqual([]);
    await machine.host.reboot();
    expect(machine.host.failedUnits).toEqual([]);
    expect(compareHosts(bare, await describeHost(machine.host, { ignore }))).toEqual([]);
  });
});
