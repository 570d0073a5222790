import { defaultPackages } from "@firn/test-host";
import { expect, test } from "vitest";
import { hashRecipe, listPackages } from "./base-recipe.ts";

test("listPackages adds what every host needs, sorted, each once", () => {
  const packages = listPackages(["nginx-light", "sudo", "cron"]);
  expect(packages).toEqual([...new Set(packages)].toSorted());
  expect(packages).toEqual(expect.arrayContaining(["cron", "nginx-light", "openssh-server", "sudo", "systemd"]));
  expect(listPackages(defaultPackages)).toContain("nftables");
});

test("hashRecipe differs with everything that a base is made from", () => {
  const recipe = { suite: "bookworm", architecture: "amd64", packages: ["systemd"] };
  const others = [{ suite: "trixie" }, { architecture: "arm64" }, { packages: ["systemd", "cron"] }];
  const hashes = [{}, ...others].map((other) => hashRecipe({ ...recipe, ...other }));
  expect(new Set(hashes).size).toBe(4);
  expect(hashRecipe({ ...recipe })).toBe(hashes[0]);
});
