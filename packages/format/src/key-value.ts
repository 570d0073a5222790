import type { Format } from "./format.ts";
import { type LineOptions, renderSettings, type Settings, type SettingsDefinition, settingsType } from "./lines.ts";

/** Lines of a key and a value, as in /etc/default, sysctl.d or sshd_config. */
export function keyValue(options: LineOptions = {}): Format<Settings, SettingsDefinition> {
  return { type: settingsType(options), render: (settings) => renderSettings(settings, options) };
}
