import { expect, test } from "vitest";
import { parseArguments } from "./flags.ts";

test("parseArguments gives what was given, and defaults for the rest", () => {
  const parsed = parseArguments(["a", "--dry-run", "--override", "x=1", "--override=y=2"], ["dryRun", "override"]);
  expect(parsed).toMatchObject({
    positionals: ["a"],
    flags: { dryRun: true, override: ["x=1", "y=2"], json: false, depth: 3, acceptMovedTag: [] },
  });
});

test.each([
  [["--frozen"], true],
  [["--no-frozen"], false],
  [["--frozen", "--no-frozen"], false],
  [[], undefined],
])("parseArguments reads %j as frozen: %s", (args, frozen) => {
  const parsed = parseArguments(args, ["frozen"]);
  expect(parsed).toMatchObject({ flags: { frozen } });
});

test.each([
  [["--json"], 'Cannot read the arguments: there is no option "--json"'],
  [["--no-frozen"], 'Cannot read the arguments: there is no option "--no-frozen"'],
  [["--depth", "x"], 'Cannot use "x" as --depth: it is not a whole number'],
])("parseArguments refuses %j", (args, problem) => {
  expect(parseArguments(args, ["depth"])).toEqual({ problem });
});
