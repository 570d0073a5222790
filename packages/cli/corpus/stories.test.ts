import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { expectGolden } from "./golden.ts";
import { stories } from "./stories.ts";
import { runStory } from "./story.ts";

describe.each(stories)("$name", (story) => {
  test("says what is wrong, and gives no result", { timeout: 30_000 }, () => {
    const { status, stdout, stderr } = runStory(story);
    expectGolden(
      `$ firn ${story.args.join(" ")}\n${stderr}`,
      join(import.meta.dirname, "stories", `${story.name}.txt`),
    );
    expect(status).toBe(1);
    // What "check" gives is how many problems there are.
    expect(stdout).toMatch(story.args[0] === "check" ? /^(web: \d+ errors?\n)?$/ : /^$/);
    expect(stderr.split("\n").filter((line) => line.length > 200)).toEqual([]);
  });
});
