import { defineModule, option, types } from "firn";

const scalar = types.oneOf([types.bool, types.number, types.str]);
const section = types.attrsOf(types.either(scalar, types.listOf(scalar)));

type Scalar = boolean | number | string;
type Section = { readonly [name: string]: Scalar | readonly Scalar[] };

const service = types.submodule({
  options: {
    description: option({ type: types.str, default: "", description: "What the service does" }),
    wantedBy: option({ type: types.listOf(types.str), default: [], description: "Units that start this one" }),
    after: option({ type: types.listOf(types.str), default: [], description: "Units to be started before this one" }),
    environment: option({
      type: types.attrsOf(types.str),
      default: {},
      description: "Environment variables of the service",
    }),
    unitConfig: option({ type: section, default: {}, description: "Further settings of the [Unit] section" }),
    serviceConfig: option({ type: section, default: {}, description: "Settings of the [Service] section" }),
    text: option({ type: types.str, readOnly: true, description: "The unit file" }),
  },
  config({ config }, define) {
    const { after, description, environment, serviceConfig, unitConfig, wantedBy } = config;
    const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
    const sections: readonly (readonly [string, Section])[] = [
      ["Unit", { ...(description !== "" && { Description: description }), After: after, ...unitConfig }],
      ["Service", { ...serviceConfig, Environment: variables }],
      ["Install", { WantedBy: wantedBy }],
    ];
    define({ text: sections.map(([name, settings]) => renderSection(name, settings)).join("") });
  },
});

const timer = types.submodule({
  options: {
    onCalendar: option({ type: types.str, example: "daily", description: "When the timer elapses" }),
    persistent: option({ type: types.bool, default: true, description: "Whether a missed run is made up for" }),
  },
});

/** Units of systemd. */
export default defineModule({
  name: "systemd",
  options: {
    systemd: {
      services: option({ type: types.attrsOf(service), default: {}, description: "Services, by their name" }),
      timers: option({
        type: types.attrsOf(timer),
        default: {},
        description: "Timers, by the name of the service they start",
      }),
    },
  },
  config({ config, assert }) {
    const { services, timers } = config.systemd;
    for (const name of Object.keys(timers)) {
      assert(name in services, `the timer "${name}" starts a service that is not defined`);
    }
  },
});

function renderSection(name: string, settings: Section): string {
  const lines = Object.entries(settings).flatMap(([key, value]) => [value].flat().map((each) => `${key}=${each}`));
  return lines.length === 0 ? "" : `[${name}]\n${lines.join("\n")}\n\n`;
}
