/**
 * Packages that others need without saying so: those that Debian and what is
 * made from it call essential. A closure that is to be a tree asks for them by
 * name, since nothing of the machine's own /usr is there.
 */
export const essentialPackages: readonly string[] = [
  "base-files",
  "base-passwd",
  "bash",
  "bsdutils",
  "coreutils",
  "dash",
  "debianutils",
  "diffutils",
  "dpkg",
  "findutils",
  "grep",
  "gzip",
  "hostname",
  "init-system-helpers",
  "libc-bin",
  "ncurses-base",
  "ncurses-bin",
  "perl-base",
  "sed",
  "sysvinit-utils",
  "tar",
  "util-linux",
];
