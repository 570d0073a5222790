import { execFileSync } from "node:child_process";
import { chmodSync, lutimesSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A package as a test describes it. */
export interface TestPackage {
  readonly name: string;
  readonly version: string;
  /** @default "all" */
  readonly architecture?: string;
  /** "b (>= 2), c | d", as Debian writes it; likewise those that follow. */
  readonly depends?: string;
  readonly preDepends?: string;
  readonly recommends?: string;
  readonly provides?: string;
  readonly conflicts?: string;
  readonly breaks?: string;
  readonly replaces?: string;
  /** @default "The package NAME" */
  readonly description?: string;
  /** @default "utils" */
  readonly section?: string;
  /** @default "optional" */
  readonly priority?: string;
  readonly isEssential?: boolean;
  /** "same", "foreign" or "allowed". */
  readonly multiArch?: string;
  /** Text by absolute path; what begins with "#!" may be run. @default one below /usr/share/doc */
  readonly files?: Readonly<Record<string, string>>;
  /** Those of the files that are configuration; those below /etc are not by themselves. */
  readonly conffiles?: readonly string[];
  /** Text by name: "preinst", "postinst", "prerm", "postrm", "config", "triggers"; the first line may be left out. */
  readonly scripts?: Readonly<Record<string, string>>;
  /** Text of systemd units by name. Services of them are enabled and started by the package's scripts, as those of Debian are. */
  readonly units?: Readonly<Record<string, string>>;
  /** Suite that it is published in. @default all */
  readonly suite?: string;
  /** @default "main" */
  readonly component?: string;
  /** Whether what was added before with the same name, architecture and suite goes on to be listed. */
  readonly isBesides?: boolean;
}

/** Renders the fields that both the package and the list of packages have. */
export function renderControl(wanted: TestPackage): string {
  const fields: readonly (readonly [string, string | undefined])[] = [
    ["Package", wanted.name],
    ["Version", wanted.version],
    ["Architecture", wanted.architecture ?? "all"],
    ["Essential", wanted.isEssential === true ? "yes" : undefined],
    ["Multi-Arch", wanted.multiArch],
    ["Maintainer", "Nobody <nobody@archive.example>"],
    ["Section", wanted.section ?? "utils"],
    ["Priority", wanted.priority ?? "optional"],
    ["Pre-Depends", wanted.preDepends],
    ["Depends", wanted.depends],
    ["Recommends", wanted.recommends],
    ["Provides", wanted.provides],
    ["Conflicts", wanted.conflicts],
    ["Breaks", wanted.breaks],
    ["Replaces", wanted.replaces],
    ["Description", wanted.description ?? `The package ${wanted.name}`],
  ];
  return fields.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${value}\n`])).join("");
}

/** Makes the file of a package; equal packages have equal bytes. @param file where, absolute */
export function buildTestPackage(wanted: TestPackage, file: string): void {
  const root = `${file}.root`;
  rmSync(root, { recursive: true, force: true });
  try {
    for (const [path, text] of Object.entries(filesOf(wanted))) writeText(join(root, path), text);
    settle(root);
    mkdirSync(dirname(file), { recursive: true });
    const env = { PATH: process.env["PATH"] ?? "/usr/bin:/bin", SOURCE_DATE_EPOCH: `${moment}`, LC_ALL: "C" };
    execFileSync("dpkg-deb", ["--root-owner-group", "-b", root, file], { env, stdio: ["ignore", "ignore", "pipe"] });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** When every file was changed last, in seconds. */
const moment = Date.UTC(2024, 0, 1) / 1000;

function filesOf(wanted: TestPackage): Record<string, string> {
  const { conffiles = [], name, units = {} } = wanted;
  const files: Record<string, string> = {
    "DEBIAN/control": renderControl(wanted),
    ...(wanted.files ?? { [`/usr/share/doc/${name}/about`]: `${name} ${wanted.version}\n` }),
  };
  if (conffiles.length > 0) files["DEBIAN/conffiles"] = conffiles.map((path) => `${path}\n`).join("");
  for (const [unit, text] of Object.entries(units)) files[`/lib/systemd/system/${unit}`] = text;
  for (const [script, text] of Object.entries({ ...serviceScripts(Object.keys(units)), ...wanted.scripts }))
    files[`DEBIAN/${script}`] = script === "triggers" || text.startsWith("#!") ? text : `#!/bin/sh\nset -e\n${text}\n`;
  return files;
}

/** What packages of Debian do for their services, in short. */
function serviceScripts(units: readonly string[]): Record<string, string> {
  const services = units.filter((unit) => !unit.includes("@")).join(" ");
  if (services === "") return {};
  const running = "[ -d /run/systemd/system ]";
  return {
    postinst: [
      'if [ "$1" = configure ]; then',
      `  for unit in ${services}; do`,
      '    deb-systemd-helper unmask "$unit" >/dev/null || true',
      '    if deb-systemd-helper --quiet was-enabled "$unit"; then deb-systemd-helper enable "$unit" >/dev/null || true; fi',
      "  done",
      `  if ${running}; then`,
      "    systemctl daemon-reload || true",
      '    if [ -n "$2" ]; then action=restart; else action=start; fi',
      `    deb-systemd-invoke "$action" ${services} || true`,
      "  fi",
      "fi",
    ].join("\n"),
    prerm: `if ${running} && [ "$1" = remove ]; then deb-systemd-invoke stop ${services} || true; fi`,
    postrm: [
      `if [ "$1" = remove ] && ${running}; then systemctl daemon-reload || true; fi`,
      'if [ "$1" = purge ] && [ -x /usr/bin/deb-systemd-helper ]; then',
      `  deb-systemd-helper purge ${services} >/dev/null || true`,
      "fi",
    ].join("\n"),
  };
}

function writeText(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  chmodSync(file, text.startsWith("#!") ? 0o755 : 0o644);
}

/** Makes modes and times the same whoever makes them, and whenever. */
function settle(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) settle(path);
    lutimesSync(path, moment, moment);
  }
  chmodSync(folder, 0o755);
  lutimesSync(folder, moment, moment);
}
