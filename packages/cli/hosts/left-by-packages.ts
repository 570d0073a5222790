/** A place that need not be as it was after packages came and went, and why. */
export interface LeftByPackages {
  /** A path with all that is below it, or the name of a unit; `*` stands for any characters but slashes. */
  readonly pattern: string;
  readonly why: string;
}

const test = "the test itself keeps or changes it";
const earlier = "a tool keeps what a file of its own had before it wrote it the last time";
const data = "data of a service, of which Firn promises nothing";
const untilPurged = "a script of a package wrote it, and removes it when the package is purged";
const compared = "its entries are compared one by one, or by what they mean";
const rebuilt =
  "of a version from before Firn comes back what the machine had of it, and this one leaves documentation out";

/** What may differ once packages have moved to other versions and are back at their own. */
export const leftByChanges: readonly LeftByPackages[] = [
  { pattern: "/root/flake", why: test },
  { pattern: "/root/.cache", why: test },
  { pattern: "/var/lib/firn", why: test },
  { pattern: "/var/lib/dpkg/*-old", why: earlier },
  { pattern: "/var/lib/dpkg/status", why: compared },
  { pattern: "/var/lib/apt/extended_states", why: compared },
  { pattern: "/etc/postgresql-common/minor_versions", why: "a conffile that only the newer version has stays" },
  { pattern: "/var/lib/dpkg/info/postgresql-common.list", why: "it names that conffile" },
  { pattern: "/etc/shells", why: "debianutils writes a shell twice when it comes, and once from the next change on" },
  { pattern: "/var/lib/postgresql", why: data },
];

/** What may differ once packages came and are gone, beside configuration files that they are known to have. */
export const leftByInstalling: readonly LeftByPackages[] = [
  ...leftByChanges,
  { pattern: "/etc/nginx/nginx.conf", why: test },
  { pattern: "nginx.service", why: test },
  { pattern: "network-online.target", why: "PostgreSQL asked for it, and nothing asks that it ends" },
  { pattern: "/var/lib/dpkg/info/*.list", why: rebuilt },
  { pattern: "/var/lib/dpkg/info/*.postrm", why: "it is what purges the package" },
  { pattern: "/var/lib/dpkg/statoverride", why: untilPurged },
  { pattern: "/var/lib/nginx/*", why: data },
  { pattern: "/var/lib/ucf", why: untilPurged },
  { pattern: "/usr/share/man/man*", why: "links to manuals that this machine leaves out were made there" },
  { pattern: "/etc/apt/apt.conf.d/02autoremove-postgresql", why: untilPurged },
  { pattern: "/etc/default/locale", why: untilPurged },
  { pattern: "/etc/inputrc", why: untilPurged },
  { pattern: "/etc/locale.gen", why: untilPurged },
  { pattern: "/etc/networks", why: untilPurged },
  { pattern: "/etc/postgresql", why: untilPurged },
  { pattern: "/etc/postgresql-common/createcluster.conf", why: untilPurged },
  { pattern: "/etc/postgresql-common/root.crt", why: untilPurged },
  { pattern: "/etc/postgresql-common/supported_versions", why: untilPurged },
  { pattern: "/etc/rc*.d/*postgresql", why: untilPurged },
  { pattern: "/etc/ssl/certs", why: untilPurged },
  { pattern: "/etc/ssl/private", why: untilPurged },
  { pattern: "/etc/systemd/system/multi-user.target.wants/postgresql.service", why: untilPurged },
  { pattern: "/etc/group", why: compared },
  { pattern: "/etc/gshadow", why: compared },
  { pattern: "/etc/passwd", why: compared },
  { pattern: "/etc/shadow", why: compared },
];

/** Accounts that packages add stay, as what belongs to them does. */
export const leftAccounts: readonly string[] = ["postgres", "ssl-cert"];
