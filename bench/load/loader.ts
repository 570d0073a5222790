import { Script } from "node:vm";
import { loadBundle } from "@firn/loader";

// A process of its own: loads hosts of a flake and runs their code, with an engine
// that does nothing. The firn command runs it in the process that evaluates, whose
// own start is none of what is measured here.

type Chunk = (exports: object, require: (name: string) => object, module: object) => void;

const [root = "", cacheDirectory = "", ...names] = process.argv.slice(2);
const mark = Symbol.for("firn.Module");
const engine = {
  defineModule: (settings: object) => ({ [mark]: true, settings }),
  option: (settings: object) => settings,
  mkEnableOption: (what: string) => what,
  types: {},
};
const { code, compiled, failures, hosts, keepCompiled, name } = await loadBundle({ root }, names, {
  shared: ["firn"],
  cacheDirectory,
});
const problem = [...failures.values()].flat()[0];
if (problem !== undefined) throw new Error(problem.message);
const cachedData = compiled && Buffer.from(compiled);
const script = new Script(`(function () { "use strict"; return ${code}})`, {
  filename: name,
  ...(cachedData && { cachedData }),
});
const chunks = (script.runInThisContext() as () => Record<string, Chunk>)(); // So loadBundle says.
const loaded = new Map<string, object>([["firn", engine]]);
const load = (specifier: string): object => {
  const known = loaded.get(specifier);
  if (known !== undefined) return known;
  const exports = {};
  loaded.set(specifier, exports);
  chunks[specifier.slice("./".length)]?.(exports, load, { exports });
  return exports;
};
for (const { chunk } of hosts) load(`./${chunk}`);
keepCompiled(cachedData === undefined || script.cachedDataRejected === true ? script.createCachedData() : undefined);
