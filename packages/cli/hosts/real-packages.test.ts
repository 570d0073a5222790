import { rmSync } from "node:fs";
import { join } from "node:path";
import { compareHosts, describeHost, type HostDescription } from "@firn/test-host";
import { describeWithHosts } from "@firn/test-host/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type LeftByPackages, leftAccounts, leftByChanges, leftByInstalling } from "./left-by-packages.ts";
import { PackageHost } from "./package-host.ts";
import { RealArchive } from "./real-archive.ts";

const timeout = 600_000;
const asked = ["git", "nginx-light", "postgresql", "zsh"];

describeWithHosts("packages of Debian", () => {
  let packages: PackageHost<RealArchive>;
  let bareList: readonly string[];
  let bare: HostDescription;
  let first: HostDescription;

  /** What the machine has of the packages of a state, as the state lists them. */
  const listOf = async (state: "old" | "new"): Promise<string[]> => {
    const names = new Set(packages.archive.list(state).map((line) => line.split(" ")[0]));
    const lines = (await packages.listPackages()).map((line) => line.replace(/:amd64 /, " ").replace(/ auto$/, ""));
    return lines.filter((line) => names.has(line.split(" ")[0])).toSorted();
  };
  /** What dpkg knows of configuration files, those of packages that are gone among them. */
  const listConffiles = async (): Promise<string[]> => {
    const text = await packages.machine.host.succeed(["dpkg-query", "-W", "-f=${Conffiles}\\n"]);
    return text.split("\n").flatMap((line) => line.trim().split(" ")[0] ?? []);
  };
  const psql = (statement: string): Promise<string> =>
    packages.machine.host.succeed(["psql", "-d", "postgres", "-Atc", statement], { user: "postgres" });
  const describe = (left: readonly LeftByPackages[]): Promise<HostDescription> =>
    describeHost(packages.machine.host, { ignore: left.map(({ pattern }) => pattern) });
  const settle = async (...command: readonly string[]): Promise<string> => {
    const text = await packages.machine.succeed(...command);
    expect(await packages.machine.firn("plan", "web")).toMatchObject({ status: 0 });
    expect(await packages.machine.firn("status")).toMatchObject({ status: 0 });
    const units = ["nginx", "postgresql@15-main"];
    expect(await packages.machine.host.succeed(["systemctl", "is-active", ...units])).toBe("active\nactive\n");
    return text;
  };

  beforeAll(async () => {
    packages = await PackageHost.startWith((folder) => RealArchive.make(folder, { names: asked, moved: "zsh" }));
    bareList = await packages.listPackages();
    bare = await describe(leftByInstalling);
    packages.archive.publish("old");
    await packages.define(asked);
  }, 600_000);

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
    first = await describe(leftByChanges);
  });

  test("move to another state of their source", { timeout }, async () => {
    packages.archive.publish("new");
    await packages.machine.succeed("update", "debian");
    const text = await settle("switch", "web");
    expect(text).toContain("^ zsh ");
    expect(await packages.machine.host.succeed(["cat", "/usr/share/firn-newer"])).toContain("+firn1");
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
    expect(compareHosts(first, await describe(leftByChanges))).toEqual([]);
  });

  test("go, and the machine has the packages that it had", { timeout }, async () => {
    const { status, text } = await packages.machine.firn("switch", "--to-none");
    expect(status, text).toBe(0);
    expect(await packages.listPackages()).toEqual(bareList);
    const left = new Set(await listConffiles());
    const folders = new Set([...left].flatMap((path) => foldersOf(path)));
    const isLeft = (line: string): boolean => {
      const [, path = "", state = ""] = /^(\/.*?) is new: (\w+)/.exec(line) ?? [];
      const [, account = ""] = /^(?:password of )?(?:user|group) (\S+) is new: /.exec(line) ?? [];
      return left.has(path) || (state === "folder" && folders.has(path)) || leftAccounts.includes(account);
    };
    const differences = compareHosts(bare, await describe(leftByInstalling));
    expect(differences.filter((line) => !isLeft(line))).toEqual([]);
  });
});

/** Lists the folders that lead to a path. */
function foldersOf(path: string): string[] {
  const parts = path.split("/").slice(1, -1);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`);
}
