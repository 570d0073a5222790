import { describe, expect, test } from "vitest";
import { childCommands } from "./child-command.ts";

const commands = childCommands("/evaluator", { memory: 512 });

describe("childCommands", () => {
  test("ends with a way that works wherever Node.js does", () => {
    expect(commands.at(-1)?.file).toBe(process.execPath);
  });

  test.each(commands.map((command) => [command.file, command] as const))(
    "by %s gives no right but to read the scripts",
    (_file, { args, env, cwd }) => {
      const text = args.join(" ");
      expect(args.filter((each) => each.startsWith("--allow-")).map((each) => each.replace(/[\w.-]+$/, ""))).toEqual(
        ["child", "engine", "zod", "unit", "format"].flatMap((name) => [
          `--allow-fs-read=/evaluator/${name}/`,
          `--allow-fs-read=/evaluator/${name}/`,
        ]),
      );
      expect(text).toMatch(/--(experimental-)?permission /);
      expect(text).toContain("--max-old-space-size=512");
      expect(text).toContain("--disallow-code-generation-from-strings");
      expect(env).toEqual({ TZ: "UTC", LC_ALL: "C" });
      expect(cwd).toBe("/");
    },
  );

  test.runIf(process.platform === "linux")("takes the network first", () => {
    expect(commands[0]?.args).toContain("--net");
  });
});
