import { explainedStr, nameChecked } from "@modules/explained-types";
import files from "@modules/files";
import hooks from "@modules/hooks";
import { defineModule, option, types } from "firn";
import { restoreScript, setScript } from "./sysctl-scripts.ts";

/** Where the parameters are written down; systemd applies the files of this folder at boot. */
const file = "sysctl.d/60-firn.conf";

const text = explainedStr({
  description: "line of text that is not empty",
  check: (value) => {
    if (value.trim() === "") return "The kernel takes no empty value";
    return /[\n\0]/.test(value) ? "A parameter is one line" : undefined;
  },
});

/** Parameters of the kernel. */
export default defineModule({
  name: "sysctl",
  imports: [files, hooks],
  options: {
    kernel: {
      sysctl: option({
        type: types.attrsOf(
          nameChecked(types.oneOf([types.bool, types.int, text]), { kind: "a kernel parameter", check: checkName }),
        ),
        default: {},
        example: { "net.ipv4.ip_forward": true },
        description:
          "Kernel parameters, by their dotted name. A switch sets them at once; what they were before comes back when they are no longer declared",
      }),
    },
  },
  config({ config }, define) {
    const lines = Object.entries(config.kernel.sysctl).map(
      ([name, value]) => `${name} = ${typeof value === "boolean" ? Number(value) : `${value}`.trim()}`,
    );
    if (lines.length === 0) return;
    define({
      // A real file, since systemd reads it before the file systems are mounted that a link may lead to.
      environment: { etc: { [file]: { text: `${lines.toSorted().join("\n")}\n`, link: false } } },
      hooks: { sysctl: { run: setScript(`/etc/${file}`), undo: restoreScript(), onChange: [`/etc/${file}`] } },
    });
  },
});

function checkName(name: string): string | undefined {
  if (/^[\w-]+(?:[./][\w:@-]+)+$/.test(name)) return undefined;
  if (/^[\w-]+$/.test(name)) return 'A parameter is named with the folders it stands in, such as "vm.swappiness"';
  return "A name is made of letters, digits, _, -, : and @, with a dot or a slash between its parts";
}
