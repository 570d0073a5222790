import { describeWithHosts } from "@firn/test-host/testing";
import { afterAll, beforeAll, expect, test } from "vitest";
import { FlakeHost } from "./flake-host.ts";
import { otherCases } from "./other-unit-cases.ts";
import { serviceCases } from "./service-cases.ts";
import type { Outcome, UnitCase } from "./unit-case.ts";

const unitCases = [...serviceCases, ...otherCases];

const timeout = 120_000;

/** What systemd says of a unit. */
interface Shown {
  readonly active: string;
  /** Another one after each start. */
  readonly invocation: string;
  readonly pid: string;
}

/** Writes a host with the units of one side of the cases. */
function hostWith(side: "before" | "after"): string {
  const units = unitCases.flatMap(({ isDropIn = false, isWanted = true, name, [side]: text }) =>
    text === undefined
      ? []
      : [[name, { name, text, asDropIn: isDropIn, wantedBy: isWanted ? ["multi-user.target"] : [] }] as const],
  );
  return [
    'import { defineModule, option, types } from "firn";',
    "export default defineModule({",
    "  options: { systemd: { units: option({ type: types.attrsOf(types.anything), default: {} }) } },",
    `  config: (_, define) => define({ systemd: { units: ${JSON.stringify(Object.fromEntries(units))} } }),`,
    "});",
    "",
  ].join("\n");
}

describeWithHosts("a switch of many units", () => {
  let machine: FlakeHost;
  let plan: Map<string, string>;
  let before: Map<string, Shown>;
  let after: Map<string, Shown>;

  const show = async (): Promise<Map<string, Shown>> => {
    const names = unitCases.map(({ name }) => name);
    const properties = ["Id", "ActiveState", "InvocationID", "MainPID"].map((each) => `--property=${each}`);
    const text = await machine.host.succeed(["systemctl", "show", ...properties, "--", ...names]);
    const blocks = text
      .trim()
      .split("\n\n")
      .map((block) => new Map(block.split("\n").map((line) => line.split("=", 2) as [string, string]))); // A line has both.
    return new Map(
      blocks.map((block) => {
        const get = (key: string): string => block.get(key) ?? "";
        return [get("Id"), { active: get("ActiveState"), invocation: get("InvocationID"), pid: get("MainPID") }];
      }),
    );
  };

  beforeAll(async () => {
    machine = await FlakeHost.start({ name: "web" });
    await machine.host.succeed(["systemctl", "start", "nginx"]);
    await machine.write("hosts/web/src/index.ts", hostWith("before"));
    await machine.succeed("switch", "web");
    await machine.host.succeed(["sh", "-c", "systemctl start asked.service waits.service; rm -f /run/*.reloads"]);
    before = await show();
    await machine.write("hosts/web/src/index.ts", hostWith("after"));
    const planned = await machine.firn("plan", "web", "--json");
    const { units } = JSON.parse(planned.text) as { units: { unit: string; action: string }[] };
    plan = new Map(units.map(({ action, unit }) => [unit, action]));
    await machine.succeed("switch", "web");
    after = await show();
  }, 300_000);

  afterAll(() => machine.host.stop());

  const outcomeOf = async ({ name }: UnitCase): Promise<Outcome> => {
    const [was, is] = [before.get(name), after.get(name)];
    const ran = was?.active === "active";
    if (is?.active !== "active") return ran ? "stopped" : "absent";
    if (!ran) return "started";
    if (was?.invocation !== is.invocation || was.pid !== is.pid) return "restarted";
    const { stdout } = await machine.host.run(["cat", `/run/${name}.reloads`]);
    return stdout === "" ? "stayed" : "reloaded";
  };

  test.each(unitCases)("$rule", { timeout }, async (each) => {
    expect(await outcomeOf(each)).toBe(each.outcome);
    expect(plan.get(each.name)).toBe(each.step);
  });

  test("plans nothing that is no unit of the cases, and nothing the second time", { timeout }, async () => {
    const names = new Set(unitCases.map(({ name }) => name));
    expect([...plan.keys()].filter((name) => !names.has(name))).toEqual([]);
    expect(await machine.firn("switch", "web")).toEqual({ status: 0, text: "Nothing to do\n" });
    expect(await show()).toEqual(after);
  });

  test("starts what was stopped for its socket when somebody asks", { timeout }, async () => {
    await machine.host.run(["node", "-e", 'require("net").connect("/run/asked.sock").end()']);
    await expect.poll(async () => (await show()).get("asked.service")?.active, { timeout: 10_000 }).toBe("active");
  });

  test("gives units of the distribution back as they were", { timeout }, async () => {
    expect(await machine.firn("switch", "--to-none")).toMatchObject({ status: 0 });
    const now = await show();
    expect([now.get("nginx.service")?.active, now.get("ssh.service")?.active]).toEqual(["active", "active"]);
    expect(now.get("same.service")?.active).toBe("inactive");
    expect(await machine.host.succeed(["systemctl", "cat", "nginx.service"])).not.toContain("50-firn.conf");
  });
});
