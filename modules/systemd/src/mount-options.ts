import { escapePath } from "@firn/unit";
import { explainedStr } from "@modules/explained-types";
import { mkDefault, option, types } from "firn";
import { assertUnit, renderUnit } from "./render-unit.ts";
import { joinSettings, settingsOf, valueOf } from "./section-type.ts";
import { unitBasics } from "./unit-basics.ts";

/** Types of file systems that need the network, which systemd orders after it: systemd.mount(5). */
const networkTypes = new Set([
  "9p",
  "afs",
  "ceph",
  "cifs",
  "glusterfs",
  "ncp",
  "ncpfs",
  "nfs",
  "nfs4",
  "smb3",
  "smbfs",
]);

const mountOption = explainedStr({
  description: "mount option",
  check: (text) => (/[\s,]/.test(text) || text === "" ? "A mount option has no spaces or commas in it" : undefined),
});

const own = {
  what: option({
    type: valueOf("Mount", "What"),
    example: "UUID=4f68bce3-e8cd-4db1-96e7-fbcaf984b709",
    description: "Device, file or remote folder that is mounted",
  }),
  where: option({ type: types.path, description: "Folder on which it is mounted; the unit is named after it" }),
  type: option({
    type: types.str,
    default: "",
    example: "ext4",
    description: "Type of the file system; empty finds it",
  }),
  options: option({
    type: types.listOf(mountOption),
    default: [],
    example: ["noatime"],
    description: "Mount options, as mount(8) has them",
  }),
  mountConfig: option({
    type: settingsOf("Mount"),
    default: {},
    example: { TimeoutSec: "30s" },
    description: "Further settings of the [Mount] section, as systemd.mount(5) has them",
  }),
};

/** A mounted file system. */
export const mount = types.submodule({
  options: { ...unitBasics, ...own },
  config({ assert, config, name }, define) {
    if (name.startsWith("/")) define({ where: mkDefault(name) });
    const isRemote = networkTypes.has(config.type) || config.options.includes("_netdev");
    if (!config.asDropIn) {
      define({ wantedBy: mkDefault([isRemote ? "remote-fs.target" : "local-fs.target"]) });
    }
    const settings = {
      What: config.what,
      Where: config.where,
      Type: config.type === "" ? [] : config.type,
      Options: config.options.length === 0 ? [] : config.options.join(","),
    };
    const text = renderUnit(config, [["Mount", joinSettings(settings, config.mountConfig)]]);
    const full = `${escapePath(config.where)}.mount`;
    define({ name: full, text });
    assertUnit(assert, { basics: config, name: full, text });
  },
});
