import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SigningKey, TestArchive } from "@firn/apt/testing";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "firn-apt-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("TestArchive.publish", () => {
  test("signs lists as gpgv wants it, with one key and with two", () => {
    const archive = new TestArchive(folder).publish();
    const first = verify(join(folder, "dists/stable/InRelease"), archive.keyring);
    expect(first).toMatch(
      new RegExp(String.raw`VALIDSIG ${archive.key.fingerprint} .* ${archive.key.fingerprint}$`, "m"),
    );

    archive.publish({ keys: [archive.key, new SigningKey("other")] });
    const both = verify(join(folder, "dists/stable/InRelease"), archive.keyring);
    expect(both).toMatch(/VALIDSIG/);
    expect(both).toMatch(/ERRSIG/);
  });

  test("lists what was added, in two states, and keeps old lists by their hash", () => {
    const archive = new TestArchive(folder);
    archive.add({ name: "a", version: "1" }, { name: "b", version: "1:1", architecture: "arm64" }).publish();
    const old = readList(folder);
    expect(old).toMatch(/^Package: a\nVersion: 1\n/);
    expect(old).not.toContain("Package: b");
    archive.add({ name: "a", version: "2" }).publish({ date: "2026-11-02T00:00:00Z" });
    expect(readList(folder)).toMatch(/^Package: a\nVersion: 2\n/);
    const oldHash = execFileSync("sha256sum", { input: old, encoding: "utf8" }).slice(0, 64);
    expect(readFileSync(join(folder, "dists/stable/main/binary-amd64/by-hash/SHA256", oldHash), "utf8")).toBe(old);
    archive.dropOldFiles();
    expect(() => readFileSync(join(folder, "pool/main/a/a/a_1_all.deb"))).toThrow(/ENOENT/);
    expect(readFileSync(join(folder, "pool/main/a/a/a_2_all.deb")).length).toBeGreaterThan(0);
  });
});

describe("TestArchive.add", () => {
  test("makes equal packages of equal descriptions", () => {
    const wanted = {
      name: "a",
      version: "1",
      files: { "/etc/a": "x", "/usr/bin/a": "#!/bin/sh\n" },
      conffiles: ["/etc/a"],
    };
    const one = new TestArchive(join(folder, "one")).add(wanted).publish();
    const other = new TestArchive(join(folder, "other")).add(wanted).publish();
    expect(readList(one.folder)).toBe(readList(other.folder));
    const listed = execFileSync("dpkg-deb", ["-c", join(one.folder, "pool/main/a/a/a_1_all.deb")], {
      encoding: "utf8",
    });
    expect(listed).toMatch(/-rwxr-xr-x root\/root .*\.\/usr\/bin\/a/);
  });

  test("gives services scripts that a shell reads", () => {
    const archive = new TestArchive(folder).add({ name: "a", version: "1", units: { "a.service": "[Service]\n" } });
    const control = join(folder, "control");
    execFileSync("dpkg-deb", ["-e", join(archive.folder, "pool/main/a/a/a_1_all.deb"), control]);
    const checks = ["postinst", "prerm", "postrm"].map((name) => spawnSync("sh", ["-n", join(control, name)]).status);
    expect(checks).toEqual([0, 0, 0]);
  });
});

describe("ArchiveServer", () => {
  test("serves, counts requests, and fails as it is told", async () => {
    const server = await new TestArchive(folder).publish().serve();
    try {
      writeFileSync(join(folder, "a+b"), "0123456789");
      const address = `${server.address}/a%2bb`;
      expect(await (await fetch(address)).text()).toBe("0123456789");
      expect(await (await fetch(address, { headers: { range: "bytes=4-" } })).text()).toBe("456789");
      server.fail("a+b", { status: 503, times: 1 });
      expect((await fetch(address)).status).toBe(503);
      server.fail("a+b", { cutAfter: 3, times: 1 });
      await expect(fetch(address).then((answer) => answer.text())).rejects.toThrow("terminated");
      server.fail("a+b", { change: () => Buffer.from("x") });
      expect(await (await fetch(address)).text()).toBe("x");
      server.heal();
      expect((await fetch(`${server.address}/none`)).status).toBe(404);
      expect(server.requests).toEqual(["/a+b", "/a+b", "/a+b", "/a+b", "/a+b", "/none"]);
    } finally {
      await server.stop();
    }
  });
});

function verify(file: string, keyring: string): string {
  return spawnSync("gpgv", ["--status-fd", "1", "--keyring", keyring, "--output", "/dev/null", file], {
    encoding: "utf8",
  }).stdout;
}

function readList(root: string): string {
  return readFileSync(join(root, "dists/stable/main/binary-amd64/Packages"), "utf8");
}
