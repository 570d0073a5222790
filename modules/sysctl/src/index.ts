import files from "@modules/files";
import { defineModule, option, types } from "firn";

/** Parameters of the kernel. */
export default defineModule({
  name: "sysctl",
  imports: [files],
  options: {
    kernel: {
      sysctl: option({
        type: types.attrsOf(types.oneOf([types.bool, types.int, types.str])),
        default: {},
        example: { "net.ipv4.ip_forward": true },
        description: "Kernel parameters, by their dotted name",
      }),
    },
  },
  config({ config }, define) {
    const lines = Object.entries(config.kernel.sysctl).map(
      ([name, value]) => `${name} = ${typeof value === "boolean" ? Number(value) : value}`,
    );
    if (lines.length === 0) return;
    define({ environment: { etc: { "sysctl.d/60-firn.conf": { text: `${lines.toSorted().join("\n")}\n` } } } });
  },
});
