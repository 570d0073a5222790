import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { flake, hello } from "../../corpus/switch-flake.ts";
import { inWorld, type World } from "../../corpus/world.ts";

/** Builds the host of the corpus that greets, takes its flake away, and gives the path of its generation. */
function buildAlone(world: World): string {
  for (const step of [flake, hello])
    if (typeof step === "object" && "write" in step) world.write(world.flake, step.write);
  const { text } = world.run(["firn", "build", "web", "--root", "machine"], world.flake);
  for (const name of ["flake.yaml", "hosts"]) rmSync(join(world.flake, name), { recursive: true });
  return text.trim();
}

describe("firn switch --generation", () => {
  test.each(["path", "name"])("switches to what was built, without a flake, by its %s", (kind) => {
    inWorld((world) => {
      const path = buildAlone(world);
      const generation = kind === "path" ? path : path.slice(path.lastIndexOf("/") + 1);
      const done = world.run(["firn", "switch", "--generation", generation, "--root", "machine"], world.flake);
      expect(done.status, done.text).toBe(0);
      expect(readFileSync(join(world.flake, "machine/etc/motd"), "utf8")).toBe("hello\n");
      expect(world.run(["firn", "generations", "--root", "machine", "--json"], world.flake).text).toContain(
        '"host":"web"',
      );
    });
  });

  test("refuses one that the store does not have", () => {
    inWorld((world) => {
      buildAlone(world);
      const { status, text } = world.run(["firn", "switch", "--generation", "other", "--root", "machine"], world.flake);
      expect(status).toBe(1);
      expect(text).toContain('Cannot find the generation "other"');
    });
  });

  test.each([["--to-none"], ["--plan", "plan.json"]])("refuses %s beside it", (...others) => {
    inWorld((world) => {
      const path = buildAlone(world);
      const words = ["firn", "switch", "--generation", path, ...others, "--root", "machine"];
      const { status, text } = world.run(words, world.flake);
      expect(status).toBe(1);
      expect(text).toContain(`Cannot use --generation with ${others[0]}`);
      expect(existsSync(join(world.flake, "machine/etc/motd"))).toBe(false);
    });
  });
});
