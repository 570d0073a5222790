import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { childCommands } from "./child-command.ts";
import { EvaluatingProcess } from "./evaluating-process.ts";
import { defaultLimits } from "./limit-problem.ts";

const folder = join(import.meta.dirname, "../../cli/dist/evaluator");
const working = childCommands(folder, defaultLimits);
const command = (file: string, ...args: string[]) => ({ file, args, env: {}, cwd: "/" });
const job = {
  job: { name: "firn:test", hosts: [{ name: "a", chunk: "a" }], question: { kind: "problems" }, modules: [] },
  code: '{ "a"(exports) { exports.default = 1; } }',
  compiled: undefined,
} as const;

describe("EvaluatingProcess", { timeout: 30_000 }, () => {
  test("gives an answer for each host", async () => {
    const { answers, ending, compiled } = await new EvaluatingProcess(working, defaultLimits).run(job);
    expect(answers.map((each) => JSON.parse(each ?? ""))).toEqual([
      { outcome: { kind: "not-a-module", described: "of type number" }, diagnostics: [] },
    ]);
    expect(ending).toBe("done");
    expect(compiled?.length).toBeGreaterThan(0);
  });

  test("is started in the next way where the platform refuses one", async () => {
    const refused = [
      command("/no/such/file"),
      command("/bin/false"),
      command(process.execPath, "-e", "process.exit(3)"),
    ];
    const child = new EvaluatingProcess([...refused, ...working], defaultLimits);
    expect((await child.run(job)).ending).toBe("done");
  });

  test.each([
    [
      "says what went wrong",
      ["-e", 'process.stderr.write("because"); process.exitCode = 3'],
      "broken",
      /ended with 3\nbecause/,
    ],
    ["knows when memory was short", ["-e", "process.abort()"], "memory", /./s],
    [
      "does not believe what is no message",
      ["-e", "process.stdout.write(Buffer.alloc(100, 255)); setTimeout(() => 0, 9000)"],
      "answer",
      /^/,
    ],
  ])("%s", async (_title, args, ending, detail) => {
    const found = await new EvaluatingProcess([command(process.execPath, ...args)], defaultLimits).run(job);
    expect(found.ending).toBe(ending);
    expect(found.detail).toMatch(detail);
    expect(found.answers).toEqual([]);
  });

  test("can be stopped before it has a job", () => {
    const child = new EvaluatingProcess(working, defaultLimits);
    child.stop();
    expect(() => child.stop()).not.toThrow();
  });
});
