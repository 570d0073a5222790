import { loadHosts } from "@firn/loader";

// A process of its own: loads hosts of a flake as the firn command does, with an engine that does nothing.

const [root = "", cacheDirectory = "", ...hosts] = process.argv.slice(2);
const mark = Symbol.for("firn.Module");
const engine = {
  firn: () => ({
    defineModule: (settings: object) => ({ [mark]: true, settings }),
    option: (settings: object) => settings,
    mkEnableOption: (what: string) => what,
    types: {},
  }),
};
const loaded = await loadHosts({ root }, hosts, { engine, cacheDirectory });
const problem = loaded.hosts.flatMap(({ diagnostics }) => diagnostics)[0];
if (problem !== undefined) throw new Error(problem.message);
