import { unitFamilies } from "./read-units.ts";

/** Paths of the options whose members become entries of a manifest: asked where they are defined. "*" is every member. */
export const memberPaths: readonly (readonly string[])[] = [
  ["environment", "etc"],
  ["environment", "files"],
  ["environment", "directories"],
  ["environment", "packages"],
  ["packages", "own"],
  ["homes", "*", "packages"],
  ["systemd", "services", "*", "packages"],
  ["users", "users"],
  ["users", "groups"],
  ["hooks"],
  ["checks", "before"],
  ["checks", "after"],
  ["homes"],
  ["homes", "*", "files"],
  ["homes", "*", "directories"],
  ["homes", "*", "hooks"],
  ...unitFamilies.flatMap((family) => [
    ["systemd", family],
    ["systemd", "user", family],
    ["homes", "*", "systemd", family],
  ]),
];
