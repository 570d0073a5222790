import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkUnit, parseUnit } from "@firn/unit";
import { describe, expect, test } from "vitest";

/** What systemd says of a unit: nothing when it takes it. */
function askSystemd(name: string, text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "firn-unit-"));
  try {
    const file = join(folder, name);
    writeFileSync(file, text);
    // What a timer starts has to be there.
    if (!name.endsWith(".service")) writeFileSync(join(folder, "a.service"), "[Service]\nExecStart=/bin/true\n");
    const { stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", file], { encoding: "utf8" });
    return stderr
      .split("\n")
      .filter((line) => line.includes(name))
      .join("\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What follows the section of the type; "-" means that both take it. */
const cases: readonly [name: string, text: string, problem: RegExp | "-"][] = [
  ["a.service", "ExecStart=/bin/true", "-"],
  ["a.service", "", /needs a command/],
  ["a.service", "Type=oneshot", /needs a command/],
  ["a.service", "ExecStop=/bin/true\nRemainAfterExit=yes", "-"],
  ["a.service", "ExecStop=/bin/true", /RemainAfterExit=yes/],
  ["a.service", "Type=simple\nExecStop=/bin/true\nRemainAfterExit=yes", /Type=oneshot does without/],
  ["a.service", "Type=oneshot\nExecStop=/bin/true\nRemainAfterExit=yes", "-"],
  ["a.service", "[Unit]\nSuccessAction=exit", "-"],
  ["a.service", "Type=oneshot\n[Unit]\nSuccessAction=none", /needs a command/],
  ["a.service", "ExecStart=/bin/true\nExecStart=/bin/true", /more than one command/],
  ["a.service", "ExecStart=/bin/true ; /bin/true", /more than one command/],
  ["a.service", 'ExecStart=/bin/echo ";" /bin/true \\; x', "-"],
  ["a.service", "ExecStart=/bin/true\nExecStart=\nExecStart=/bin/true", "-"],
  ["a.service", "Type=oneshot\nExecStart=/bin/true\nExecStart=/bin/true", "-"],
  ["a.service", "Type=oneshot\nExecStart=/bin/true\nRestart=always", /cannot have Restart=always/],
  ["a.service", "Type=oneshot\nExecStart=/bin/true\nRestart=on-success", /cannot have Restart=on-success/],
  ["a.service", "Type=oneshot\nExecStart=/bin/true\nRestart=on-failure", "-"],
  ["a.service", "Type=oneshot\nExecStart=/bin/true\nExitType=cgroup", /cannot have ExitType/],
  ["a.service", "Type=dbus\nExecStart=/bin/true", /needs BusName/],
  ["a.service", "BusName=org.example.A\nExecStart=/bin/true", "-"],
  ["a.service", "ExecStart=/bin/true\n[Timer]\nOnBootSec=5", /does not read \[Timer\]/],
  ["a.service", "ExecStart=/bin/true\n[X-App]\nAny=5", "-"],
  ["a.service", "ExecStart=/bin/true\n[Install]\nWantedBy=a.target", "-"],
  ["a.socket", "", /needs an address/],
  ["a.socket", "ListenStream=80", "-"],
  ["a.socket", "ListenStream=80\nListenStream=", /needs an address/],
  ["a.socket", "ListenFIFO=/a", "-"],
  ["a.socket", "ListenStream=80\nService=a.service", "-"],
  ["a.socket", "ListenStream=80\nAccept=yes\nService=a.service", /Accept=yes/],
  ["a.timer", "", /needs a time/],
  ["a.timer", "Persistent=yes", /needs a time/],
  ["a.timer", "OnCalendar=daily", "-"],
  ["a.timer", "OnCalendar=daily\nOnCalendar=", /needs a time/],
  ["a.timer", "OnBootSec=5", "-"],
  ["a.timer", "OnClockChange=yes", "-"],
  ["a.timer", "OnClockChange=no", /needs a time/],
  ["a.path", "", /needs a path/],
  ["a.path", "MakeDirectory=yes", /needs a path/],
  ["a.path", "PathChanged=/a", "-"],
  ["a.path", "DirectoryNotEmpty=/a", "-"],
  ["srv-a.mount", "What=/dev/sda1\nWhere=/srv/a", "-"],
  ["srv-a.mount", "Where=/srv/a", /needs something to mount/],
  ["srv-a.mount", "What=/dev/sda1\nWhere=/srv/b", /called "srv-b.mount"/],
  ["srv-a.mount", "What=/dev/sda1\nWhere=/srv/a/", "-"],
  ["srv-a\\x2db.mount", "What=/dev/sda1\nWhere=/srv/a-b", "-"],
  ["srv-a.automount", "Where=/srv/a", "-"],
  ["srv-a.automount", "Where=/srv/b", /called "srv-b.automount"/],
  ["dev-sda1.swap", "What=/dev/sda1", "-"],
  ["dev-sda1.swap", "", "-"],
  ["dev-sda1.swap", "What=/dev/sda2", /called "dev-sda2.swap"/],
  ["a.slice", "MemoryMax=1G", "-"],
  ["a.target", "[Unit]\nDescription=a", "-"],
  ["a.target", "[Service]\nExecStart=/bin/true", /does not read \[Service\]/],
];

describe("checkUnit", () => {
  test.each(cases)("says of %s with %j what systemd says", (name, body, problem) => {
    const type = name.slice(name.lastIndexOf(".") + 1);
    const section = `${type.charAt(0).toUpperCase()}${type.slice(1)}`;
    const text = type === "target" ? `${body}\n` : `[${section}]\n${body}\n`;
    const found = checkUnit(name, parseUnit(text).unit).join("\n");
    expect(askSystemd(name, text) === "" ? "taken" : "refused").toBe(problem === "-" ? "taken" : "refused");
    expect(found).toMatch(problem === "-" ? /^$/ : problem);
  });

  test("does not ask for the name of a mount when given the type", () => {
    expect(checkUnit("mount", parseUnit("[Mount]\nWhat=/dev/sda1\nWhere=/srv/b\n").unit)).toEqual([]);
  });
});
