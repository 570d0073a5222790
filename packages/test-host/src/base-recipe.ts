import { createHash } from "node:crypto";

/** What a base is made from; two that are equal have one base. */
export interface BaseRecipe {
  /** Name of the release of Debian, such as "bookworm". */
  readonly suite: string;
  readonly architecture: string;
  /** Names of packages, sorted, each once. */
  readonly packages: readonly string[];
}

/** What a host cannot be booted, entered or compared without. */
const neededPackages = [
  "dbus",
  // Without these two there are no user units, and without the third no users that services bring.
  "dbus-user-session",
  "libpam-systemd",
  "libnss-systemd",
  "iproute2",
  "openssh-server",
  "procps",
  "sudo",
  "systemd",
  "systemd-sysv",
];

/** Packages of a base for which none are named: what configurations of tests use. */
export const defaultPackages: readonly string[] = ["iputils-ping", "kmod", "nftables", "nginx-light", "tzdata"];

/** Lists the packages of a base, given those that are asked for. */
export function listPackages(wanted: readonly string[]): string[] {
  return [...new Set([...neededPackages, ...wanted])].toSorted();
}

const excluded = ["doc", "info", "lintian", "locale", "man"].map((name) => `/usr/share/${name}/*`);

/**
 * Units that packages enable and that a bare host does not run: a configuration
 * is to start its own web server, and what looks for updates finds no network.
 */
const disabledUnits = ["nginx.service", "apt-daily.timer", "apt-daily-upgrade.timer"];

/** What is done to the finished root, whose path is $1: nothing in it may come from the machine that made it, or be equal on two hosts. */
const finish = [
  ...disabledUnits.map(
    (unit) => `! test -e "$1/lib/systemd/system/${unit}" || chroot "$1" systemctl --quiet disable ${unit}`,
  ),
  'rm -f "$1"/etc/ssh/ssh_host_* "$1"/etc/apt/apt.conf.d/99mmdebstrap',
  ': > "$1/etc/resolv.conf"',
  ': > "$1/etc/machine-id"',
  'echo debian > "$1/etc/hostname"',
];

/** Builds the arguments for mmdebstrap, but for the sources, which are no part of what a base is. */
export function bootstrapArguments({ suite, architecture, packages }: BaseRecipe): {
  readonly options: readonly string[];
  readonly suite: string;
} {
  const options = [
    "--mode=root",
    "--variant=minbase",
    "--format=tar",
    `--architectures=${architecture}`,
    `--include=${packages.join(",")}`,
    ...excluded.map((path) => `--dpkgopt=path-exclude=${path}`),
    ...finish.map((line) => `--customize-hook=${line}`),
  ];
  return { options, suite };
}

/** Names a base by everything that goes into it. */
export function hashRecipe(recipe: BaseRecipe): string {
  return createHash("sha256")
    .update(JSON.stringify(bootstrapArguments(recipe)))
    .digest("hex")
    .slice(0, 32);
}
