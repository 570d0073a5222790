import type { Scope } from "@firn/plan";

const name = "firn-recover.service";
const folder = "/etc/systemd/system";

// A switch that the power cut ends is taken back at boot, before what it changed
// starts. The unit is there only while a switch is under way.

/** Tells whether a machine boots what is switched. */
export function hasBoot({ kind, root }: Scope): boolean {
  return kind === "system" && root === "/";
}

/** Writes the lines that have a switch taken back at boot. */
export function armBoot(scope: Scope): string[] {
  if (!hasBoot(scope)) return [];
  return [
    `if [ -d /run/systemd/system ]; then`,
    `  [ -d ${folder}/sysinit.target.wants ] || { : > "$S"/journal/made-wants && mkdir -p -- ${folder}/sysinit.target.wants; }`,
    `  cat > ${folder}/${name}.new <<'END'`,
    "[Unit]",
    "Description=Take back a switch of Firn that was interrupted",
    "DefaultDependencies=no",
    `ConditionPathExists=${scope.state}/journal`,
    "After=local-fs.target systemd-remount-fs.service",
    "Before=sysinit.target shutdown.target",
    "Conflicts=shutdown.target",
    "",
    "[Service]",
    "Type=oneshot",
    `ExecStart=/bin/sh ${scope.state}/journal/revert.sh boot`,
    "# It says so by its status when all is as it was.",
    "SuccessExitStatus=3",
    "END",
    `  mv -f -T -- ${folder}/${name}.new ${folder}/${name}`,
    `  ln -sfn ../${name} ${folder}/sysinit.target.wants/${name}`,
    "fi",
  ];
}

/** Writes the lines that take that away again; `journal` is what the folder of the journal is called by then. */
export function disarmBoot(scope: Scope, journal: string): string[] {
  if (!hasBoot(scope)) return [];
  return [
    `rm -f -- ${folder}/sysinit.target.wants/${name} ${folder}/${name} ${folder}/${name}.new`,
    `[ ! -e "$S"/${journal}/made-wants ] || [ ! -d ${folder}/sysinit.target.wants ] || rmdir --ignore-fail-on-non-empty -- ${folder}/sysinit.target.wants`,
  ];
}
