import { accessSync, constants, existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { childCommands, compiledForm } from "./child-command.ts";
import { EvaluatingProcess } from "./evaluating-process.ts";
import { defaultLimits } from "./limit-problem.ts";
import { evaluatorScripts, scriptedModules } from "./shared-modules.ts";

/** Uses what most hosts use, so that V8 has compiled it. */
const sample = `{
"sample"(exports, require) {
const { defineModule, option, types, mkDefault, mkForce, mkIf, mkMerge } = require("firn");
const site = types.submodule({ options: { root: option({ type: types.str, default: "/srv" }), port: option({ type: types.port, default: 80 }) } });
const base = defineModule({
  name: "base",
  options: {
    enable: option({ type: types.bool, default: false }),
    name: option({ type: types.str, description: "Name" }),
    ports: option({ type: types.listOf(types.port), default: [] }),
    sites: option({ type: types.attrsOf(site), default: {} }),
    level: option({ type: types.enum(["low", "high"]), default: "low" }),
    note: option({ type: types.nullOr(types.str), default: null }),
  },
  config({ config }, define) {
    define({ ports: mkIf(config.enable, [443]) });
  },
});
exports.default = defineModule({
  imports: [base],
  config({ config }, define) {
    define({ enable: true, name: mkDefault("web"), sites: { a: { port: mkForce(81) }, b: {} } });
    define(mkMerge([{ level: "high" }, { note: config.name + Object.keys(config.sites).length }]));
  },
});
},
}`;

/**
 * Keeps V8's compiled form of the scripts that every evaluation runs, unless
 * that was done before or the folder cannot be written. A process of its own
 * makes them, in which no code but Firn's has run: one that had run a stranger's
 * could put anything there.
 */
export async function keepEngineCompiled(folder: string): Promise<void> {
  const files = evaluatorScripts.map((name) => join(folder, name, `${name}.cjs`));
  if (files.every((file) => existsSync(compiledForm(file))) || !files.every(isBesideWritable)) return;
  const child = new EvaluatingProcess(childCommands(folder, defaultLimits), defaultLimits);
  const job = {
    name: "firn:sample",
    hosts: [{ name: "sample", chunk: "sample" }],
    question: { kind: "value", path: [] },
    modules: scriptedModules,
    wantsScripts: true,
  } as const;
  const { scripts, ending } = await child.run({ job, code: sample, compiled: undefined });
  if (ending !== "done" || scripts.length !== files.length) return;
  files.forEach((file, index) => writeBeside(compiledForm(file), scripts[index] ?? Buffer.alloc(0)));
}

function isBesideWritable(file: string): boolean {
  try {
    accessSync(join(file, ".."), constants.W_OK);
    return true;
  } catch {
    return false; // An installation that cannot be written works without.
  }
}

function writeBeside(path: string, bytes: Buffer): void {
  try {
    const beside = `${path}.${process.pid}`;
    writeFileSync(beside, bytes);
    renameSync(beside, path);
  } catch {
    // Another process may have removed the folder, as a new build does.
  }
}
