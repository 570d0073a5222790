import { rmSync } from "node:fs";
import { join } from "node:path";
import { describeWithHosts } from "@firn/test-host/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PackageHost } from "./package-host.ts";
import { RealArchive } from "./real-archive.ts";

const timeout = 300_000;
const asked = ["git", "nginx-light", "postgresql", "zsh"];

describeWithHosts("packages of Debian", () => {
  let packages: PackageHost<RealArchive>;
  let bareList: readonly string[];

  /** What the machine has of the packages of a state, as the state lists them. */
  const listOf = async (state: "old" | "new"): Promise<string[]> => {
    const names = new Set(packages.archive.list(state).map((line) => line.split(" ")[0]));
    const lines = (await packages.listPackages()).map((line) => line.replace(/:amd64 /, " ").replace(/ auto$/, ""));
    return lines.filter((line) => names.has(line.split(" ")[0])).toSorted();
  };
  const psql = (statement: string): Promise<string> =>
    packages.machine.host.succeed(["psql", "-d", "postgres", "-Atc", statement], { user: "postgres" });
  const settle = async (...command: readonly string[]): Promise<string> => {
    const text = await packages.machine.succeed(...command);
    expect(await packages.machine.firn("plan", "web")).toMatchObject({ status: 0 });
    expect(await packages.machine.firn("status")).toMatchObject({ status: 0 });
    const units = ["nginx", "postgresql@15-main"];
    expect(await packages.machine.host.succeed(["systemctl", "is-active", ...units])).toBe("active\nactive\n");
    return text;
  };

  beforeAll(async () => {
    packages = await PackageHost.startWith((folder) => RealArchive.make(folder, asked));
    bareList = await packages.listPackages();
    packages.archive.publish("old");
    await packages.define(asked);
  }, 300_000);

  afterAll(() => packages.stop());

  test("are installed, and their services run", { timeout }, async () => {
    await packages.machine.succeed("switch", "web");
    // The machine had it before, and it did not run.
    await packages.machine.host.succeed(["systemctl", "start", "nginx"]);
    expect(await listOf("old")).toEqual(packages.archive.list("old"));
    await psql("create table kept (line text); insert into kept values ('of the user')");
    const { host } = packages.machine;
    const configuration = await host.readFile("/etc/nginx/nginx.conf");
    await host.writeFile("/etc/nginx/nginx.conf", `${configuration}# edited\n`);
  });

  test("move to another state of their source", { timeout }, async () => {
    packages.archive.publish("new");
    await packages.machine.succeed("update", "debian");
    const text = await settle("switch", "web");
    expect(text).toMatch(/^Packages: (?:\d+ installed, )?\d+ upgraded/m);
    expect(await listOf("new")).toEqual(packages.archive.list("new"));
    expect(await psql("select line from kept")).toBe("of the user\n");
    expect(await packages.machine.host.readFile("/etc/nginx/nginx.conf")).toContain("# edited");
  });

  test("go back without their source, with services up and data there", { timeout }, async () => {
    rmSync(join(packages.archive.folder, "pool"), { recursive: true });
    const { status, text } = await packages.machine.firn("rollback");
    expect(status, text).toBe(0);
    expect(await listOf("old")).toEqual(packages.archive.list("old"));
    expect(await psql("select line from kept")).toBe("of the user\n");
    expect(await packages.machine.host.readFile("/etc/nginx/nginx.conf")).toContain("# edited");
  });

  test("go, and the machine has the packages that it had", { timeout }, async () => {
    const { status, text } = await packages.machine.firn("switch", "--to-none");
    expect(status, text).toBe(0);
    expect(await packages.listPackages()).toEqual(bareList);
  });
});
