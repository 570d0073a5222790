import networking from "@modules/networking";
import { defineModule, evaluate } from "firn";
import { describe, expect, test } from "vitest";

interface Names {
  readonly hostName?: string;
  readonly domain?: string;
  readonly hosts?: { readonly [address: string]: readonly string[] };
}

function evaluateNames(names: Names) {
  return evaluate({
    modules: [defineModule({ imports: [networking], config: (_, define) => define({ networking: names }) })],
  });
}

describe("networking.hostName", () => {
  test("is written to a real file, and to the hosts file with the domain", () => {
    const { config, diagnostics } = evaluateNames({ hostName: "web", domain: "example.org" });
    expect(diagnostics).toEqual([]);
    expect(config.networking.fqdn).toBe("web.example.org");
    expect(config.environment.etc["hostname"]).toMatchObject({ text: "web\n", link: false, takeOver: true });
    expect(config.environment.etc["hosts"]?.text).toMatch(/^127\.0\.1\.1 web\.example\.org web$/m);
    expect(config.hooks["host-name"]).toMatchObject({ onChange: ["/etc/hostname"] });
  });

  test("leaves the host's own alone when it is not defined", () => {
    const { config } = evaluateNames({});
    expect([config.networking.fqdn, config.environment.etc, config.hooks]).toEqual([null, {}, {}]);
  });

  test.each(["Web", "web.example.org", "-web", "web-", "we b", "", "w".repeat(64)])("refuses %j", (hostName) => {
    expect(evaluateNames({ hostName }).diagnostics).toMatchObject([{ optionPath: ["networking", "hostName"] }]);
  });
});

describe("networking.hosts", () => {
  test("adds to the entries that every host has", () => {
    const hosts = { "192.0.2.10": ["db.example.org", "db"], "::1": ["six"] };
    expect(evaluateNames({ hosts }).config.environment.etc["hosts"]?.text).toBe(
      [
        "127.0.0.1 localhost",
        "::1 localhost ip6-localhost ip6-loopback six",
        "ff02::1 ip6-allnodes",
        "ff02::2 ip6-allrouters",
        "192.0.2.10 db.example.org db",
        "",
      ].join("\n"),
    );
  });

  test.each(["2001:db8::1", "::ffff:192.0.2.1", "1:2:3:4:5:6:7:8", "fe80::"])("takes %s as an address", (address) => {
    expect(evaluateNames({ hosts: { [address]: ["db"] } }).diagnostics).toEqual([]);
  });

  test.each(["192.0.2", "192.0.2.256", "192.0.2.1.", "1::2::3", "1:2:3", "1:2:3:4:5:6:7:8:9", "12345::", "db"])(
    "refuses %s as an address",
    (address) => {
      expect(evaluateNames({ hosts: { [address]: ["db"] } }).diagnostics).toMatchObject([
        { message: `Cannot use "${address}" as the name of an entry of the hosts file` },
      ]);
    },
  );
});
