import { explainedStr, nameChecked } from "@modules/explained-types";
import { treeOptions } from "@modules/packages";
import { option, types } from "firn";
import { renderEnvironment } from "./render-environment.ts";
import { assertUnit, renderUnit } from "./render-unit.ts";
import { type Settings, settingsOf } from "./section-type.ts";
import { quoteCommand, scriptName, type Script, withInterpreter } from "./service-scripts.ts";
import { unitBasics } from "./unit-basics.ts";

const variable = nameChecked(
  explainedStr({
    description: "value of an environment variable",
    check: (text) => (text.includes("\0") ? "A variable ends at the first null character" : undefined),
  }),
  {
    kind: "an environment variable",
    check: (name) =>
      /^[A-Za-z_][A-Za-z0-9_]*$/.test(name)
        ? undefined
        : "A name is made of letters, digits and _, and starts with no digit",
  },
);

const script = (description: string) => option({ type: types.nullOr(types.lines), default: null, description });

const own = {
  serviceConfig: option({
    type: settingsOf("Service"),
    default: {},
    example: { ExecStart: "/usr/bin/app", Restart: "on-failure" },
    description: "Settings of the [Service] section, as systemd.service(5) and systemd.exec(5) have them",
  }),
  environment: option({
    type: types.attrsOf(variable),
    default: {},
    description: "Environment variables of the service",
  }),
  path: option({
    type: types.listOf(types.path),
    default: [],
    example: ["/opt/app/bin"],
    description: "Folders that are looked in for programs before those of the system",
  }),
  ...treeOptions(
    "Packages that the service runs with in place of what the machine has: it sees these and what they need as /usr. Empty: it runs with what the machine has. Only services of the system can have them",
  ),
  script: script('Shell script that is the service; for another language it starts with "#!". Replaces ExecStart'),
  preStart: script("Shell script that runs before the service starts"),
  postStart: script("Shell script that runs after the service has started"),
  restartIfChanged: option({
    type: types.bool,
    default: true,
    description: "Whether a switch restarts the service when its unit has changed",
  }),
  reloadIfChanged: option({
    type: types.bool,
    default: false,
    description: "Whether a switch reloads the service instead of restarting it",
  }),
  stopIfChanged: option({
    type: types.bool,
    default: true,
    description:
      "Whether a switch stops the service before the files change and starts it afterwards; false restarts it in one step",
  }),
};

/** Makes the type of a service, whose scripts are files in a folder. */
export function serviceType(scriptFolder: string) {
  return types.submodule({
    options: { ...unitBasics, ...own },
    config({ assert, config, name }, define) {
      const { serviceConfig } = config;
      const scripts = listScripts(name, config);
      const exec = Object.fromEntries(
        scripts.map(({ setting, name: file }) => [setting, quoteCommand(`${scriptFolder}/${file}`)]),
      );
      for (const setting of Object.keys(exec)) {
        assert(!(setting in serviceConfig), `both a script and serviceConfig say what ${setting} is`);
      }
      const settings: Settings = {
        ...exec,
        ...serviceConfig,
        Environment: [...renderEnvironment(config), ...[serviceConfig["Environment"] ?? []].flat()],
        ...renderChangeRules(config),
      };
      // The text of a script is not in the unit, so that a change of it has to be told.
      const triggers = scripts.map((each) => each.text);
      const text = renderUnit(config, [["Service", settings]], triggers);
      const full = `${name}.service`;
      define({ name: full, text });
      assertUnit(assert, { basics: config, name: full, text });
    },
  });
}

interface ChangeRules {
  readonly restartIfChanged: boolean;
  readonly reloadIfChanged: boolean;
  readonly stopIfChanged: boolean;
}

/** Writes down how a switch treats a changed service; what is not the default only. */
function renderChangeRules({ reloadIfChanged, restartIfChanged, stopIfChanged }: ChangeRules): Record<string, boolean> {
  return {
    ...(reloadIfChanged ? { "X-ReloadIfChanged": true } : !restartIfChanged && { "X-RestartIfChanged": false }),
    ...(!stopIfChanged && { "X-StopIfChanged": false }),
  };
}

interface Scripts {
  readonly script: string | null;
  readonly preStart: string | null;
  readonly postStart: string | null;
}

/** Lists the scripts of a service: the setting that names each, its file, its text. */
export function listScripts(service: string, { postStart, preStart, script }: Scripts): Script[] {
  const settings = { ExecStartPre: preStart, ExecStart: script, ExecStartPost: postStart };
  return Object.entries(settings).flatMap(([setting, text]) =>
    text === null ? [] : [{ setting, name: scriptName(service, setting), text: withInterpreter(text) }],
  );
}
