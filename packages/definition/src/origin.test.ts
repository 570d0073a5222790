import { moveOrigin, type Origin, placeOf } from "@firn/definition";
import { expect, test } from "vitest";

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
