import { compareHosts, describeHost, type HostDescription, startHost, type TestHost } from "@firn/test-host";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeWithHosts } from "./testing.ts";

describe("compareHosts", () => {
  const of = (files: Record<string, string>, units: Record<string, string> = {}): HostDescription => ({
    files: new Map(Object.entries(files)),
    accounts: new Map(),
    units: new Map(Object.entries(units)),
  });

  test("finds no difference between equals, in whatever order", () => {
    expect(compareHosts(of({ "/a": "1", "/b": "2" }), of({ "/b": "2", "/a": "1" }))).toEqual([]);
  });

  test("names what is new, what is gone and what is different, in each part", () => {
    const before = of({ "/a": "1", "/b": "2" }, { "a.timer": "inactive" });
    expect(compareHosts(before, of({ "/b": "3", "/c": "4" }, { "a.timer": "active" }))).toEqual([
      "/a is gone: 1",
      "/b was 2, is 3",
      "/c is new: 4",
      "a.timer was inactive, is active",
    ]);
  });
});

describeWithHosts("describeHost", () => {
  let host: TestHost;
  let before: HostDescription;

  beforeAll(async () => {
    host = await startHost({ name: "described" });
    await host.snapshot("clean");
    before = await describeHost(host);
  }, 300_000);

  afterAll(() => host.stop());

  test("sees files, accounts and units", () => {
    expect(before.files.get("/etc")).toBe("folder 0755 0:0");
    expect(before.files.get("/bin")).toBe("link 0:0 to usr/bin");
    expect(before.files.get("/etc/hostname")).toMatch(/^file 0644 0:0 10 [0-9a-f]{64}$/);
    expect(before.accounts.get("user root")).toBe("root:x:0:0:root:/root:/bin/bash");
    expect(before.accounts.get("group sudo")).toBe("sudo:x:27:");
    expect(before.units.get("ssh.service")).toBe("active (running), loaded, enabled");
    expect(before.units.get("nginx.service")).toBe("inactive, disabled");
  });

  test("is the same after a reset, a reboot, a login, and after a change that was taken back", async () => {
    await host.writeFile("/etc/motd-of-firn", "x");
    await host.succeed(["useradd", "--no-create-home", "ada"]);
    await host.succeed(["rm", "/etc/motd-of-firn"]);
    await host.succeed(["systemctl", "start", "systemd-hostnamed", "systemd-tmpfiles-clean"]);
    await host.succeed(["userdel", "ada"]);
    expect(compareHosts(before, await describeHost(host))).toEqual([]);
    await host.reset("clean");
    expect(compareHosts(before, await describeHost(host))).toEqual([]);
    await host.reboot();
    expect(compareHosts(before, await describeHost(host))).toEqual([]);
  });

  test("notices each kind of change, but for what is ignored", async () => {
    await host.reset("clean");
    await host.succeed(["sh", "-c", changes]);
    const after = await describeHost(host, { ignore: ["/srv/ignored"] });
    // Debian's tools keep further files for accounts and services.
    const others = /^\/etc\/(?:rc\d\.d|(?:passwd|group|g?shadow|sub[ug]id) )/;
    const names = compareHosts(before, after).map((line) => line.replace(/ (is|was) .*/, " $1"));
    expect(names.filter((line) => !others.test(line))).toEqual([
      "/etc/debian_version was",
      "/etc/issue was",
      "/etc/issue.net was",
      "/etc/motd is",
      "/etc/systemd/system/multi-user.target.wants/nginx.service is",
      "/srv/new is",
      "/srv/new/pipe is",
      "group ada is",
      "password of group ada is",
      "password of user ada is",
      "user ada is",
      "nginx.service was",
    ]);
  });
});

/** A change of content, of mode, of owner, of type, and new things. */
const changes = `
echo x >> /etc/debian_version
chmod 600 /etc/issue
chown 33 /etc/issue.net
rm -f /etc/motd
mkdir -p /srv/new /srv/ignored/below
mkfifo /srv/new/pipe
useradd ada
systemctl --quiet enable nginx
`;
