/** A place whose state says nothing about how a host is configured, and why. */
export interface MovingState {
  /** A path with all that is below it, or the name of a unit; `*` stands for any characters but slashes. */
  readonly pattern: string;
  readonly why: string;
}

const shadowTools = "what tools for accounts keep of the files that they changed last";
const transient = "the kernel, or a boot, makes it anew";
const bookkeeping = "what systemd remembers between boots";

/** Paths that differ between two looks at a host which nobody has configured in between. */
export const movingPaths: readonly MovingState[] = [
  { pattern: "/dev", why: transient },
  { pattern: "/proc", why: transient },
  { pattern: "/run", why: transient },
  { pattern: "/sys", why: transient },
  { pattern: "/tmp/systemd-private-*", why: "a service that runs has it, under a name by chance" },
  { pattern: "/var/tmp/systemd-private-*", why: "a service that runs has it, under a name by chance" },
  { pattern: "/var/cache", why: "it may be removed at any time" },
  { pattern: "/var/log", why: "it grows with everything that happens" },
  { pattern: "/etc/.pwd.lock", why: shadowTools },
  { pattern: "/etc/group-", why: shadowTools },
  { pattern: "/etc/gshadow-", why: shadowTools },
  { pattern: "/etc/passwd-", why: shadowTools },
  { pattern: "/etc/shadow-", why: shadowTools },
  { pattern: "/etc/subgid-", why: shadowTools },
  { pattern: "/etc/subuid-", why: shadowTools },
  { pattern: "/etc/machine-id", why: "each host has one of its own" },
  { pattern: "/etc/.updated", why: bookkeeping },
  { pattern: "/var/.updated", why: bookkeeping },
  { pattern: "/var/lib/systemd/catalog", why: bookkeeping },
  { pattern: "/var/lib/systemd/credential.secret", why: bookkeeping },
  { pattern: "/var/lib/systemd/deb-systemd-helper-*", why: "what Debian remembers of the units that packages brought" },
  { pattern: "/var/lib/systemd/random-seed", why: bookkeeping },
  { pattern: "/var/lib/systemd/timers", why: bookkeeping },
];

const visitors = "it is there while somebody is logged in, or a program runs";
const onDemand = "it is started when somebody asks, and ends by itself";

/** Units that come and go without anybody configuring them. */
export const movingUnits: readonly MovingState[] = [
  { pattern: "*.device", why: transient },
  { pattern: "*.scope", why: visitors },
  { pattern: "run-*", why: visitors },
  { pattern: "user-*.slice", why: visitors },
  { pattern: "user-runtime-dir@*.service", why: visitors },
  { pattern: "user@*.service", why: visitors },
  { pattern: "system-*.slice", why: "it is there while an instance of a template is" },
  { pattern: "dpkg-db-backup.service", why: onDemand },
  { pattern: "e2scrub_all.service", why: onDemand },
  { pattern: "e2scrub_reap.service", why: onDemand },
  { pattern: "modprobe@*.service", why: onDemand },
  { pattern: "systemd-hostnamed.service", why: onDemand },
  { pattern: "systemd-localed.service", why: onDemand },
  { pattern: "systemd-timedated.service", why: onDemand },
  { pattern: "systemd-tmpfiles-clean.service", why: onDemand },
];

/** Makes a question from patterns: whether a path or a unit is one of them. */
export function matcherOf(patterns: readonly string[]): (text: string) => boolean {
  const sources = patterns.map((pattern) => pattern.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[^/]*"));
  const expression = new RegExp(`^(?:${sources.join("|")})$`);
  return (text) => expression.test(text);
}
