import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { meetAll, spreadErrors, spreadKills, spreadKillsOfBoth } from "./faults.ts";
import { type Call, KilledCommand } from "./killed-command.ts";

const timeout = 3_600_000;
const switchTo = (flake: Call["flake"]): Call => ({ flake, args: ["switch", "web", "--take-over"] });

describe("firn rollback", () => {
  let command: KilledCommand;
  beforeAll(() => {
    vi.stubEnv("FIRN_NO_SYNC", "1");
    command = new KilledCommand({
      flake: "first",
      args: ["rollback", "1", "--take-over"],
      before: [switchTo("first"), switchTo("second")],
    });
  }, timeout);
  afterAll(() => {
    command.remove();
    vi.unstubAllEnvs();
  });

  test("changes much, so that there is much to kill", () => {
    expect(command.count).toBeGreaterThan(300);
  });

  test("killed before any change, leaves a machine that is exactly old or exactly new", { timeout }, async () => {
    expect(await meetAll(command, spreadKills(command.count))).toEqual({ found: ["new", "old"], problems: [] });
  });

  test("killed, and killed again on the way back, leaves what can be taken back still", { timeout }, async () => {
    const { problems } = await meetAll(command, spreadKillsOfBoth(command.count));
    expect(problems).toEqual([]);
  });

  test(
    "of which a change fails, or all from one on, leaves a machine that is exactly old or exactly new",
    { timeout },
    async () => {
      const { found, problems } = await meetAll(command, spreadErrors(command.count));
      expect(problems).toEqual([]);
      expect(found).not.toContain("neither");
    },
  );
});
