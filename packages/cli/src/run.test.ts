import { describe, expect, test } from "vitest";
import { run, type Terminal } from "@firn/cli";

/** Runs the command in this repository with a terminal that remembers. */
async function runHere(...args: string[]): Promise<{ status: number; printed: string; reported: string }> {
  const lines = { printed: [] as string[], reported: [] as string[] };
  const terminal: Terminal = {
    directory: process.cwd(),
    environment: {},
    hostName: "web",
    color: false,
    print: (text) => void lines.printed.push(text),
    report: (text) => void lines.reported.push(text),
  };
  const status = await run(args, terminal);
  return { status, printed: lines.printed.join("\n"), reported: lines.reported.join("\n") };
}

describe("run", () => {
  test("prints the value at a path, as it is where it is text", async () => {
    expect(await runHere("eval", "web", "networking.fqdn")).toEqual({
      status: 0,
      printed: "web.example.org",
      reported: "",
    });
  });

  test("prints the same value again, kept or evaluated", async () => {
    const [kept, fresh] = [await runHere("eval", "web", "--json"), await runHere("eval", "web", "--json", "--fresh")];
    expect(kept).toEqual(fresh);
    expect(JSON.parse(kept.printed)).toMatchObject({ networking: { firewall: { allowedTCPPorts: [22, 80, 8080] } } });
  });

  test("takes the name of this machine for the host", async () => {
    expect((await runHere("eval")).printed).toBe((await runHere("eval", "web")).printed);
  });

  test("finds parts with dots in their names", async () => {
    const { printed } = await runHere("eval", "web", 'services.nginx.virtualHosts."www.example.org".root');
    expect(printed).toBe("/srv/www");
  });

  test("explains who won and who lost, with the lines", async () => {
    const { printed } = await runHere("why", "web", "services.nginx.workerConnections");
    expect(printed).toMatch(/✔ 1536 +mkForce \(50\) +hosts\/web\/src\/index\.ts:\d+:\d+/);
    expect(printed).toMatch(/✘ 1024 +plain \(100\) +hosts\/web\/src\/tuning\.ts:\d+:\d+ +loses: 100 is weaker than 50/);
    expect(printed).toMatch(/✘ 2048 +plain \(100\) +hosts\/web\/src\/index\.ts:\d+:\d+ +loses/);
    expect(printed).toMatch(/✘ 512 +default \(1500\) +modules\/nginx\/src\/index\.ts:\d+:\d+ +loses/);
    expect(printed).toContain("after reading services.nginx.virtualHosts");
  });

  test("explains as JSON with positions", async () => {
    const { printed } = await runHere("why", "web", "networking.fqdn", "--json");
    const { definitions } = JSON.parse(printed);
    expect(definitions).toMatchObject([
      { value: "web.example.org", fate: "used", file: "modules/networking/src/host-name.ts" },
    ]);
    expect(definitions[0].reads.map(({ path }: { path: string[] }) => path.join("."))).toContain("networking.domain");
  });

  test("finds options by words, and shows one whole", async () => {
    expect((await runHere("option", "worker", "connections")).printed).toContain("default   512");
    expect(JSON.parse((await runHere("option", "firewall", "--json")).printed).length).toBeGreaterThan(3);
    expect(await runHere("option", "no-such-word")).toMatchObject({ status: 1 });
  });

  test("lists hosts and modules", async () => {
    const { printed } = await runHere("show", "--json");
    expect(JSON.parse(printed)).toMatchObject({ hosts: ["web"], modules: expect.arrayContaining(["nginx"]) });
  });

  test("checks all hosts", async () => {
    expect(await runHere("check")).toEqual({ status: 0, printed: "web: no problems", reported: "" });
    expect(JSON.parse((await runHere("check", "--json")).printed)).toEqual({
      hosts: [{ name: "web", diagnostics: [] }],
    });
  });

  test("helps", async () => {
    for (const args of [["help"], ["--help"], []])
      expect((await runHere(...args)).printed).toContain("Usage: firn COMMAND");
    for (const args of [
      ["help", "why"],
      ["why", "--help"],
    ]) {
      expect((await runHere(...args)).printed).toContain("Usage: firn why HOST PATH");
    }
  });
});
