import { option, types } from "firn";
import { assertUnit, renderUnit } from "./render-unit.ts";
import { joinSettings, settingsOf, valueOf } from "./section-type.ts";
import { unitBasics } from "./unit-basics.ts";
import { unitName } from "./unit-names.ts";

const paths = (setting: string, description: string) =>
  option({ type: types.listOf(valueOf("Path", setting)), default: [], description });

const own = {
  pathExists: paths("PathExists", "Paths that start the unit when they are there"),
  pathChanged: paths("PathChanged", "Paths that start the unit when they are changed and closed"),
  pathModified: paths("PathModified", "Paths that start the unit at each write"),
  directoryNotEmpty: paths("DirectoryNotEmpty", "Folders that start the unit when something is in them"),
  unit: option({
    type: types.nullOr(unitName),
    default: null,
    description: "Unit that it starts; null is the service of the same name",
  }),
  pathConfig: option({
    type: settingsOf("Path"),
    default: {},
    example: { MakeDirectory: true },
    description: "Further settings of the [Path] section, as systemd.path(5) has them",
  }),
};

/** A watch on paths, which starts a service when they change. */
export const path = types.submodule({
  options: { ...unitBasics, ...own },
  config({ assert, config, name }, define) {
    const settings = {
      PathExists: config.pathExists,
      PathChanged: config.pathChanged,
      PathModified: config.pathModified,
      DirectoryNotEmpty: config.directoryNotEmpty,
      ...(config.unit !== null && { Unit: config.unit }),
    };
    const text = renderUnit(config, [["Path", joinSettings(settings, config.pathConfig)]]);
    const full = `${name}.path`;
    define({ name: full, text });
    assertUnit(assert, { basics: config, name: full, text });
  },
});
