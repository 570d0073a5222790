import { describeWithHosts } from "@firn/test-host/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PackageHost } from "./package-host.ts";

const timeout = 120_000;

/** One is configuration of the package, the other is not. */
const paths = ["/etc/shares/conf", "/etc/shares/plain"];

describeWithHosts("files of packages at paths that Firn has", () => {
  let packages: PackageHost;

  const etc = { "shares/conf": { text: "Firn's conf\n" }, "shares/plain": { text: "Firn's plain\n" } };
  const ours = "Firn's conf\nFirn's plain\n";
  const add = (version: string): void => {
    const files = { "/etc/shares/conf": `conf ${version}\n`, "/etc/shares/plain": `plain ${version}\n` };
    packages.archive.add({ name: "shares", version, files, conffiles: ["/etc/shares/conf"] });
    packages.archive.publish({ date: `2026-11-0${version}T00:00:00Z` });
  };
  const look = (): Promise<string> => packages.machine.host.succeed(["cat", ...paths]);
  const verify = async (): Promise<string> => (await packages.machine.host.run(["dpkg", "-V", "shares"])).stdout;
  const settle = async (...command: readonly string[]): Promise<string> => {
    const text = await packages.machine.succeed(...command);
    expect(await packages.machine.firn("status")).toMatchObject({ status: 0 });
    return text;
  };

  beforeAll(async () => {
    packages = await PackageHost.start();
    add("1");
    await packages.define(["shares"], { environment: { etc } });
  }, 300_000);

  afterAll(() => packages.stop());

  test("are Firn's while the package comes and moves", { timeout }, async () => {
    await settle("switch", "web");
    expect(await look()).toBe(ours);
    add("2");
    await packages.define(["shares"], { environment: { etc } });
    await settle("switch", "web");
    expect(await look()).toBe(ours);
  });

  test("are the package's own once Firn gives them up", { timeout }, async () => {
    await packages.define(["shares"]);
    const text = await settle("switch", "web");
    expect(text).toMatch(/^\[\d\/\d\] Give back to packages what is theirs$/m);
    expect(await look()).toBe("conf 2\nplain 2\n");
    expect(await verify()).toBe("");
    expect(await packages.machine.firn("switch", "web")).toEqual({ status: 0, text: "Nothing to do\n" });
  });

  test("are Firn's again after a rollback, and the package's after the next switch", { timeout }, async () => {
    await settle("rollback");
    expect(await look()).toBe(ours);
    await settle("switch", "web");
    expect(await look()).toBe("conf 2\nplain 2\n");
  });

  test("are Firn's again when the switch that gives them up fails", { timeout }, async () => {
    await settle("rollback");
    await packages.define(["shares"], { checks: { after: { fails: { run: "cat /etc/shares/conf; exit 1" } } } });
    const { status, text } = await packages.machine.firn("switch", "web");
    expect(status, text).toBe(3);
    expect(await look()).toBe(ours);
    expect(await packages.machine.firn("status")).toMatchObject({ status: 0 });
  });

  test("come in the version that comes in the same switch", { timeout }, async () => {
    add("3");
    await packages.define(["shares"]);
    await settle("switch", "web");
    expect(await look()).toBe("conf 3\nplain 3\n");
    await settle("rollback", "2");
    expect(await look()).toBe(ours);
  });

  test("stay as somebody changed them, where they are configuration", { timeout }, async () => {
    await settle("switch", "web");
    await packages.machine.host.writeFile("/etc/shares/conf", "edited\n");
    await settle("rollback", "2");
    expect(await look()).toBe(ours);
    await settle("switch", "web");
    expect(await look()).toBe("edited\nplain 3\n");
  });

  test("go with the package", { timeout }, async () => {
    await packages.machine.succeed("switch", "--to-none");
    const { status } = await packages.machine.host.run(["ls", ...paths]);
    expect(status).not.toBe(0);
  });
});
