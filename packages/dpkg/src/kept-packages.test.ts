import { reverseChange } from "@firn/dpkg";
import { describeWithHosts } from "@firn/test-host/testing";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { PackageHost } from "../test-kit/package-host.ts";

const kept = "/var/lib/firn/packages/kept";
const done = { status: 0, text: "" };

describeWithHosts("files of installed packages", () => {
  let machine: PackageHost;

  beforeAll(async () => {
    machine = await PackageHost.start();
    await machine.host.snapshot("bare");
  }, 300_000);

  afterEach(() => machine.host.reset("bare"));
  afterAll(() => machine.stop());

  test("have what is there: owners, modes, links, diverted files", async () => {
    const files = {
      "usr/bin/one": "one",
      "usr/bin/uno": "-> one",
      "usr/share/one/[a] *": "odd",
      "var/lib/one/data": "1",
    };
    const postinst = "chown nobody:nogroup /var/lib/one; chmod 2750 /var/lib/one";
    const one = machine.make({
      name: "one",
      version: "1",
      fields: { Section: "misc", Homepage: "http://example.org" },
      files,
      scripts: { postinst },
    });
    const over = machine.make({
      name: "over",
      version: "1",
      files: { "usr/bin/one": "over" },
      scripts: { preinst: "dpkg-divert --package over --add --rename --divert /usr/bin/one.real /usr/bin/one" },
    });
    await machine.change({ install: [one, over] });
    const look =
      "cat /usr/bin/one /usr/bin/one.real; dpkg -V; dpkg -s one; dpkg -L one | sort; stat -c '%n %F %U %G %a' /var/lib/one /usr/bin/uno /usr/share/one/*";
    const seen = await machine.sh(look);
    const before = await machine.installed();
    const change = { install: [], remove: [one], mark: [], owned: [] };
    await machine.keep(change);
    expect(await machine.sh(`dpkg-deb -f ${kept}/* Package Version Section Homepage`)).toBe(
      "Package: one\nVersion: 1\nSection: misc\nHomepage: http://example.org\n",
    );
    expect(await machine.change(change)).toEqual(done);
    expect(await machine.change(reverseChange(change, before), { files: kept })).toEqual(done);
    expect(await machine.sh(look)).toBe(seen);
  });

  test("do without what the machine leaves out, and without what somebody removed", async () => {
    await machine.host.writeFile("/etc/dpkg/dpkg.cfg.d/small", "path-exclude=/usr/share/doc/*\n");
    // Of the first nothing is there, and another has the same folders.
    const doc = machine.make({ name: "doc", version: "1", files: { "usr/share/doc/doc/copyright": "mine" } });
    const files = { "usr/share/doc/more/copyright": "mine", "usr/bin/more": "more", "etc/more.conf": "1" };
    const more = machine.make({ name: "more", version: "1", files, conffiles: ["/etc/more.conf"] });
    await machine.change({ install: [doc, more] });
    await machine.sh("rm /usr/bin/more /etc/more.conf");
    const before = await machine.installed();
    const change = { install: [], remove: [doc, more], mark: [], owned: [] };
    expect(await machine.keep(change)).toEqual(done);
    expect(await machine.change(change)).toEqual(done);
    expect(await machine.change(reverseChange(change, before), { files: kept })).toEqual(done);
    expect(await machine.installed()).toEqual(before);
    expect(await machine.sh("ls -d /usr/share/doc/doc /usr/bin/more /etc/more.conf 2>/dev/null || :")).toBe("");
  });

  test("are made once, also where that was interrupted", async () => {
    const one = machine.make({ name: "one", version: "1" });
    await machine.change({ install: [one] });
    await machine.sh(`mkdir -p ${kept}; echo part > ${kept}/one_1_all.deb.part`);
    expect(await machine.keep({ remove: [one] })).toEqual(done);
    const seen = await machine.sh(`cd ${kept}; stat -c '%n %i' *`);
    expect(seen).toMatch(/^one_1_all.deb \d+\n$/);
    expect(await machine.keep({ remove: [one] })).toEqual(done);
    expect(await machine.sh(`cd ${kept}; stat -c '%n %i' *`)).toBe(seen);
  });

  test("of packages of the distribution install again", async () => {
    const before = await machine.installed();
    const remove = before.filter(({ name }) => name.includes("nginx"));
    expect(remove.length).toBeGreaterThan(3);
    const change = { install: [], remove, mark: [], owned: [] };
    expect(await machine.keep(change)).toEqual(done);
    expect(await machine.change(change)).toEqual(done);
    expect(await machine.change(reverseChange(change, before), { files: kept })).toEqual(done);
    expect(await machine.installed()).toEqual(before);
    expect(await machine.sh("nginx -t 2>&1 | tail -1")).toContain("test is successful");
  });
});
