import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { writeWrappers } from "@firn/package-shell";
import { measure, type Program, run } from "../evaluate/measure.ts";
import { printCosts } from "./report.ts";
import { type Bench, firn, flakeOf, sets } from "./setting.ts";

const rounds = 40;

/** Measures how long a program of a tree takes to start, against the same program of the machine. */
export function measureStart(bench: Bench): void {
  const flake = flakeOf(bench, sets.started);
  const home = join(bench.folder, "home");
  mkdirSync(home);
  const ofUser = (name: string, args: readonly string[]): Program => {
    const program = firn(bench, { name, flake, args });
    return { ...program, environment: { ...program.environment, HOME: home } };
  };
  run(ofUser("lock", ["lock"]));
  const inShell = ofUser("firn shell, kept", ["shell", ...sets.started, "--", "true"]);
  const inRun = ofUser("firn run, kept", ["run", ...sets.started, "--", "true"]);
  for (const first of [inShell, inRun]) run(first);
  const trees = join(home, ".local/state/firn/store/trees");
  const [tree = ""] = readdirSync(trees);
  const wrappers = writeWrappers({ tree: join(trees, tree), folder: join(home, "wrappers") });
  const bare = { name: "true", command: ["/usr/bin/true"], cwd: home, output: "/dev/null" };
  const wrapped = { ...bare, name: "its wrapper", command: [join(wrappers, "true")] };
  printCosts("start of a program in a tree", measure([bare, wrapped], rounds), "must 15 ms more");
  const node = { ...bare, name: "node -e 0", command: [process.execPath, "-e", "0"] };
  printCosts("start of a shell", measure([node, inShell, inRun], rounds), "");
}
