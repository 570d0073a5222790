import { explainedStr, nameChecked } from "@modules/explained-types";
import files from "@modules/files";
import hooks from "@modules/hooks";
import { defineModule, option, types } from "firn";

const moduleName = explainedStr({ description: "name of a kernel module", check: checkModule });

const parameters = explainedStr({
  description: "parameters of a kernel module",
  check: (value) =>
    /^[\w.-]+(?:=\S*)?(?: +[\w.-]+(?:=\S*)?)*$/.test(value)
      ? undefined
      : 'Parameters are written as "name=value", with a space between two of them',
});

/** Modules that the kernel loads, and how. */
export default defineModule({
  name: "kernel",
  imports: [files, hooks],
  options: {
    kernel: {
      modules: option({
        type: types.listOf(moduleName),
        default: [],
        example: ["br_netfilter"],
        description: "Modules loaded at boot, and by the switch; none is unloaded when it is no longer declared",
      }),
      modprobe: {
        options: option({
          type: types.attrsOf(nameChecked(parameters, { kind: "a kernel module", check: checkModule })),
          default: {},
          example: { kvm_intel: "nested=1" },
          description: "Parameters of modules, by their name; they count when the module is next loaded",
        }),
        blacklist: option({
          type: types.listOf(moduleName),
          default: [],
          example: ["pcspkr"],
          description: "Modules that are not loaded for a device that asks for them",
        }),
      },
    },
  },
  config({ config }, define) {
    const { modprobe, modules } = config.kernel;
    const wanted = [...new Set(modules)].toSorted();
    if (wanted.length > 0) {
      const file = "modules-load.d/firn.conf";
      // A real file, as all that is read before all file systems are mounted.
      define({ environment: { etc: { [file]: { text: `${wanted.join("\n")}\n`, link: false } } } });
      // Unloading takes away what others may use by now, so there is nothing to undo.
      define({ hooks: { "kernel-modules": { run: `modprobe -a ${wanted.join(" ")}`, onChange: [`/etc/${file}`] } } });
    }
    const lines = [
      ...Object.entries(modprobe.options).map(([name, value]) => `options ${name} ${value}`),
      ...new Set(modprobe.blacklist.map((name) => `blacklist ${name}`)),
    ].toSorted();
    if (lines.length === 0) return;
    define({ environment: { etc: { "modprobe.d/firn.conf": { text: `${lines.join("\n")}\n`, link: false } } } });
  },
});

function checkModule(name: string): string | undefined {
  if (/\.ko(?:\.\w+)?$/.test(name)) return "A module is named without the ending of its file";
  return /^\w[\w-]{0,54}$/.test(name) ? undefined : "A name is made of letters, digits, _ and -";
}
