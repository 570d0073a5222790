import { moveOrigin, type Origin, placeOf } from "@firn/definition";
import { describe, expect, test } from "vitest";

const atRoot: Origin = { module: "web", place: { label: "web" }, depth: 0 };

/** The property path within the `define` call that a definition's place points at. */
const propertyOf = (origin: Origin, path: string) => placeOf(origin, path.split(".")).property?.join(".");

describe("placeOf", () => {
  test.each([
    ["the whole path, of a call at the root", atRoot, "services.nginx", "services.nginx"],
    ["the path below a submodule, of a call in it", { ...atRoot, depth: 2 }, "hosts.a.port", "port"],
    ["the path within its place", { ...atRoot, place: { property: ["config"] } }, "a.b", "config.a.b"],
  ])("points at %s", (_, origin, path, property) => expect(propertyOf(origin, path)).toBe(property));

  test("keeps what else is known of the place", () => {
    const capture = { stack: "at web.ts:1:1" };
    expect(placeOf({ ...atRoot, place: { capture, label: "web" } }, ["a"])).toEqual({
      capture,
      label: "web",
      property: ["a"],
    });
  });
});

describe("moveOrigin", () => {
  test("points at where a renamed option was written, and at what is below", () => {
    const moved = moveOrigin(atRoot, ["old", "name"], ["new"]);
    expect(propertyOf(moved, "new")).toBe("old.name");
    expect(propertyOf(moved, "new.port")).toBe("old.name.port");
  });

  test("points at where an element stood in its own list", () => {
    expect(propertyOf(moveOrigin(atRoot, ["list", "0"], ["list", "7"]), "list.7.port")).toBe("list.0.port");
  });

  test("moves more than once, and into submodules", () => {
    const twice = moveOrigin(moveOrigin(atRoot, ["a"], ["b"]), ["b", "c"], ["d", "e"]);
    expect(propertyOf(twice, "d.e.f")).toBe("a.c.f");
    const inside: Origin = { ...atRoot, depth: 2 };
    expect(propertyOf(moveOrigin(inside, ["hosts", "web", "a"], ["hosts", "web", "b"]), "hosts.web.b")).toBe("a");
  });
});

test("moveOrigin keeps a place that is computed when asked for", () => {
  class Computed implements Origin {
    readonly module: string = "nginx";
    readonly depth: number = 1;
    get place(): Origin["place"] {
      return { label: "nginx" };
    }
  }
  const moved = moveOrigin(new Computed(), ["services", "old", "port"], ["services", "new", "port"]);
  expect(placeOf(moved, ["services", "new", "port"])).toEqual({ label: "nginx", property: ["old", "port"] });
});
