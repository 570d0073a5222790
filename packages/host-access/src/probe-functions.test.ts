import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeRoot } from "./host-access-contract.ts";
import { probeFunctions } from "./probe-functions.ts";

/** Runs lines of a script after the functions. */
function runLines(...lines: readonly string[]): string[] {
  const { stdout } = spawnSync("sh", ["-u"], { input: [probeFunctions, ...lines, ""].join("\n"), encoding: "utf8" });
  return stdout.split("\n").slice(0, -1);
}

test("shows prints what a manager says, and unit files that are not below the state folder", () => {
  const folder = makeRoot();
  for (const path of ["units", "state", "home/.config/systemd/user", "home/.local/share/systemd/user"]) {
    mkdirSync(join(folder, path), { recursive: true });
  }
  writeFileSync(join(folder, "units/a.service"), "[Unit]\n");
  writeFileSync(join(folder, "state/b.service"), "ours");
  symlinkSync("../state/b.service", join(folder, "units/b.service"));
  symlinkSync("/dev/null", join(folder, "units/c.service"));
  writeFileSync(join(folder, "home/.config/systemd/user/d.timer"), "own");
  writeFileSync(join(folder, "home/.local/share/systemd/user/d.timer"), "hidden");
  const fragments = ["units/a.service", "units/b.service", "units/c.service", "home/.config/systemd/user/d.timer"];
  const said = ["Id=a\\b", ...fragments.map((path) => `FragmentPath=${folder}/${path}`), "FragmentPath=", ""].join(
    "\n",
  );
  writeFileSync(join(folder, "said"), said);
  const printed = runLines(`state='${folder}/state' home='${folder}/home'`, `shows 7 cat '${folder}/said'`);
  const own = `f ${btoa("own")} ${folder}/home/.config/systemd/user/d.timer`;
  expect(printed).toEqual([
    "m 7",
    "s Id=a\\b",
    `s FragmentPath=${folder}/units/a.service`,
    `f ${btoa("[Unit]\n")} ${folder}/units/a.service`,
    `s FragmentPath=${folder}/units/b.service`,
    `s FragmentPath=${folder}/units/c.service`,
    `s FragmentPath=${folder}/home/.config/systemd/user/d.timer`,
    own,
    own,
    `f ${btoa("hidden")} ${folder}/home/.local/share/systemd/user/d.timer`,
    "s FragmentPath=",
  ]);
});

test("shows prints what a manager complained of when it failed", () => {
  const complain = "sh -c 'echo no answer; echo Host is down >&2; exit 1'";
  expect(runLines("state=/s home=", `shows 0 ${complain}`)).toEqual(["m 0", "x Host is down", "x"]);
});

test("shows prints that a manager is there when nothing is asked", () => {
  expect(runLines("shows 3")).toEqual(["m 3"]);
});

test("user_shows prints nothing for a user who has no manager, or does not exist", () => {
  expect(runLines("user_shows 1 nobody '' '' true", "user_shows 2 no-such-user '' '' true")).toEqual([]);
});
