import { checkUnitName } from "@firn/unit";
import { nameChecked } from "@modules/explained-types";
import { option, type OptionType, types } from "firn";
import { automount } from "./automount-options.ts";
import { mount } from "./mount-options.ts";
import { path } from "./path-options.ts";
import { rawUnit } from "./raw-unit-options.ts";
import { listScripts, serviceType } from "./service-options.ts";
import { slice } from "./slice-options.ts";
import { socket } from "./socket-options.ts";
import { swap } from "./swap-options.ts";
import { target } from "./target-options.ts";
import { timer } from "./timer-options.ts";
import { namesOf } from "./unit-names.ts";

/**
 * Makes the options for the units of one manager: that of the system, that of
 * all users, or that of one user. A module that has units of its own kind
 * declares them with this, so that they are written and checked alike.
 *
 * `scriptFolder` is where the files of `scriptFiles` are to be; specifiers such
 * as "%h" may be in it.
 */
export function unitFamilies(scriptFolder: string) {
  return {
    services: family(serviceType(scriptFolder), { kind: "a service", suffix: ".service", description: "Services" }),
    sockets: family(socket, { kind: "a socket", suffix: ".socket", description: "Sockets" }),
    timers: family(timer, { kind: "a timer", suffix: ".timer", description: "Timers" }),
    paths: family(path, { kind: "a path unit", suffix: ".path", description: "Watches on paths" }),
    targets: family(target, { kind: "a target", suffix: ".target", description: "Targets" }),
    slices: family(slice, { kind: "a slice", suffix: ".slice", description: "Slices" }),
    mounts: named(mount, "Mounts, by the folder on which something is mounted, or any name where that is given"),
    automounts: named(automount, "Mounts that wait until somebody looks into their folder, by that folder"),
    swaps: named(swap, "Swap spaces, by their device or file"),
    units: named(
      nameChecked(rawUnit, { kind: "a unit", check: checkUnitName }),
      'Units of any type whose file is written as it is, by their full name such as "app.service"',
    ),
  };
}

interface Family {
  readonly kind: string;
  readonly suffix: string;
  readonly description: string;
}

function family<T, D>(type: OptionType<T, D>, { description, kind, suffix }: Family) {
  return named(nameChecked(type, namesOf(kind, suffix)), `${description}, by their name without "${suffix}"`);
}

function named<T, D>(type: OptionType<T, D>, description: string) {
  return option({ type: types.attrsOf(type), default: {}, description });
}

/** What the scripts of services are read from. */
export interface ScriptedServices {
  readonly [name: string]: Parameters<typeof listScripts>[1] & { readonly enable: boolean };
}

/** Lists the programs that the scripts of services are, by the name of their file in the folder of scripts. */
export function scriptFiles(services: ScriptedServices): { [file: string]: { text: string; executable: boolean } } {
  const scripts = Object.entries(services).flatMap(([name, service]) =>
    service.enable ? listScripts(name, service) : [],
  );
  return Object.fromEntries(scripts.map(({ name, text }) => [name, { text, executable: true }]));
}

/** What timers and their services are read from. */
export interface TimedUnits {
  readonly services: { readonly [name: string]: unknown };
  readonly units: { readonly [name: string]: unknown };
  readonly timers: {
    readonly [name: string]: { readonly unit: string | null; readonly asDropIn: boolean; readonly enable: boolean };
  };
}

/** Names the timers whose service is declared nowhere. */
export function findLostTimers({ services, timers, units }: TimedUnits): string[] {
  return Object.entries(timers).flatMap(([name, { asDropIn, enable, unit }]) =>
    unit !== null || asDropIn || !enable || name in services || `${name}.service` in units ? [] : [name],
  );
}
