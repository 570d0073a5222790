import { type ChangedUnit, decideAction, parseUnit, type UnitDecision } from "@firn/unit";
import { describe, expect, test } from "vitest";

/** Numbers of the rules that NixOS and home-manager switch units by: removal, comparison, modification, users' units. */
interface Case {
  readonly rule: string;
  readonly title: string;
  readonly name?: string;
  /** Lines of the unit before and after; missing when it is not there. */
  readonly before?: string;
  readonly after?: string;
  readonly sockets?: ChangedUnit["sockets"];
  readonly action: UnitDecision["action"];
  readonly via?: readonly string[];
  /** What the reason has to name. */
  readonly why?: string;
}

const a = "[Service]\nExecStart=/bin/a\n";
const b = "[Service]\nExecStart=/bin/b\n";

/** A service whose program changes, with a line in a section. */
function changed(section: string, line: string): Pick<Case, "before" | "after"> {
  const more = `[${section}]\n${line}\n`;
  return { before: a + more, after: b + more };
}

/** A unit of which only a setting of [Unit] changes. */
function unitChange(key: string, before: string, after: string): Pick<Case, "before" | "after"> {
  return { before: `${a}[Unit]\n${key}=${before}\n`, after: `${a}[Unit]\n${key}=${after}\n` };
}

const active = { name: "a.socket", isActive: true, isThere: true };

const ignoredKeys = [
  "Description",
  "Documentation",
  "OnFailure",
  "OnSuccess",
  "OnFailureJobMode",
  "IgnoreOnIsolate",
  "StopWhenUnneeded",
  "RefuseManualStart",
  "RefuseManualStop",
  "AllowIsolate",
  "CollectMode",
  "SourcePath",
];

const cases: readonly Case[] = [
  // Rule 1: what is gone.
  { rule: "1", title: "a unit that is gone", before: a, action: "stop", why: "no longer defined" },
  {
    rule: "1",
    title: "a socket that is gone",
    name: "a.socket",
    before: "[Socket]\nListenStream=80\n",
    action: "stop",
  },
  { rule: "1", title: "a target that is gone", name: "a.target", before: "[Unit]\nDescription=a\n", action: "stop" },
  {
    rule: "1",
    title: "one gone that says X-StopOnRemoval=false",
    before: `${a}[Unit]\nX-StopOnRemoval=false\n`,
    action: "skip",
    why: "X-StopOnRemoval=false",
  },
  {
    rule: "1",
    title: "one gone that says X-StopOnRemoval=no",
    before: `${a}[Unit]\nX-StopOnRemoval=no\n`,
    action: "skip",
  },
  {
    rule: "1",
    title: "one gone that says X-StopOnRemoval=true",
    before: `${a}[Unit]\nX-StopOnRemoval=true\n`,
    action: "stop",
  },
  {
    rule: "1",
    title: "X-StopOnRemoval in another section",
    before: `${a}X-StopOnRemoval=false\n`,
    action: "stop",
  },
  {
    rule: "1",
    title: "one gone that systemd does not stop when asked",
    before: `${a}[Unit]\nRefuseManualStop=yes\n`,
    action: "skip",
    why: "RefuseManualStop=true",
  },
  { rule: "1", title: "one that was not defined before", after: a, action: "none" },
  // Rule 2: targets.
  {
    rule: "2",
    title: "a changed target with X-StopOnReconfiguration",
    name: "a.target",
    before: "[Unit]\nWants=a.service\n",
    after: "[Unit]\nWants=b.service\nX-StopOnReconfiguration=true\n",
    action: "stop-start",
  },
  {
    rule: "2",
    title: "a changed target with X-OnlyManualStart",
    name: "a.target",
    before: "[Unit]\nWants=a.service\n",
    after: "[Unit]\nWants=b.service\nX-OnlyManualStart=true\n",
    action: "none",
  },
  {
    rule: "2",
    title: "a changed target",
    name: "a.target",
    before: "[Unit]\nWants=a.service\n",
    after: "[Unit]\nWants=b.service\n",
    action: "start",
  },
  // Rule 3: what counts as a change.
  { rule: "3", title: "no change", before: a, after: a, action: "none" },
  {
    rule: "3",
    title: "another way to write the same",
    before: a,
    after: "# x\n[Service]\n\nExecStart = /bin/a\n",
    action: "none",
  },
  { rule: "3", title: "a change of [Install]", before: a, after: `${a}[Install]\nWantedBy=a.target\n`, action: "none" },
  ...ignoredKeys.map((key): Case => ({
    rule: "3",
    title: `a change of ${key}`,
    ...unitChange(key, "a", "b"),
    action: "none",
  })),
  { rule: "3", title: "ExecReload that goes", before: `${a}ExecReload=/bin/r\n`, after: a, action: "none" },
  {
    rule: "3",
    title: "X-Reload-Triggers that go",
    before: `${a}[Unit]\nX-Reload-Triggers=x\n`,
    after: a,
    action: "none",
  },
  {
    rule: "3",
    title: "ExecReload that changes",
    before: `${a}ExecReload=/bin/r\n`,
    after: `${a}ExecReload=/bin/s\n`,
    action: "reload",
  },
  { rule: "3", title: "ExecReload that comes", before: a, after: `${a}ExecReload=/bin/s\n`, action: "reload" },
  { rule: "3", title: "X-Reload-Triggers that change", ...unitChange("X-Reload-Triggers", "x", "y"), action: "reload" },
  {
    rule: "3",
    title: "X-Reload-Triggers that come",
    before: a,
    after: `${a}[Unit]\nX-Reload-Triggers=x\n`,
    action: "reload",
  },
  {
    rule: "3",
    title: "options of a mount that change",
    name: "a.mount",
    before: "[Mount]\nWhat=/dev/sda\nOptions=ro\n",
    after: "[Mount]\nWhat=/dev/sda\nOptions=rw\n",
    action: "reload",
    why: "[Mount] Options changed",
  },
  {
    rule: "3",
    title: "a reload trigger and more",
    before: `${a}[Unit]\nX-Reload-Triggers=x\n`,
    after: `${b}[Unit]\nX-Reload-Triggers=y\n`,
    action: "stop-start",
  },
  {
    rule: "3",
    title: "X-Restart-Triggers that change",
    ...unitChange("X-Restart-Triggers", "x", "y"),
    action: "stop-start",
    why: "[Unit] X-Restart-Triggers changed",
  },
  {
    rule: "3",
    title: "an order of values that changes",
    before: `${a}ExecStartPre=/x\nExecStartPre=/y\n`,
    after: `${a}ExecStartPre=/y\nExecStartPre=/x\n`,
    action: "stop-start",
  },
  {
    rule: "3",
    title: "a setting that goes",
    before: `${a}User=a\n`,
    after: a,
    action: "stop-start",
    why: "[Service] User changed",
  },
  {
    rule: "3",
    title: "more than three settings that change",
    before: a,
    after: `${b}User=a\nGroup=a\nNice=1\n`,
    action: "stop-start",
    why: "[Service] ExecStart, [Service] User, [Service] Group and more changed",
  },
  // Rule 4: what is done about it.
  {
    rule: "4",
    title: "a changed path unit",
    name: "a.path",
    before: "[Path]\nPathExists=/a\n",
    after: "[Path]\nPathExists=/b\n",
    action: "none",
  },
  {
    rule: "4",
    title: "a changed slice",
    name: "a.slice",
    before: "[Slice]\nMemoryMax=1G\n",
    after: "[Slice]\nMemoryMax=2G\n",
    action: "none",
  },
  {
    rule: "4",
    title: "a changed mount",
    name: "a.mount",
    before: "[Mount]\nWhat=/dev/a\n",
    after: "[Mount]\nWhat=/dev/b\n",
    action: "restart",
  },
  {
    rule: "4",
    title: "the mount of / when changed",
    name: "-.mount",
    before: "[Mount]\nWhat=/dev/a\n",
    after: "[Mount]\nWhat=/dev/b\n",
    action: "reload",
  },
  {
    rule: "4",
    title: "the mount of /nix when changed",
    name: "nix.mount",
    before: "[Mount]\nWhat=/dev/a\n",
    after: "[Mount]\nWhat=/dev/b\n",
    action: "reload",
  },
  {
    rule: "4",
    title: "a changed automount",
    name: "a.automount",
    before: "[Automount]\nWhere=/a\n",
    after: "[Automount]\nWhere=/b\n",
    action: "restart",
  },
  {
    rule: "4",
    title: "a changed socket",
    name: "a.socket",
    before: "[Socket]\nListenStream=80\n",
    after: "[Socket]\nListenStream=81\n",
    action: "restart",
  },
  {
    rule: "4",
    title: "a changed timer",
    name: "a.timer",
    before: "[Timer]\nOnBootSec=5\n",
    after: "[Timer]\nOnBootSec=6\n",
    action: "restart",
  },
  {
    rule: "4",
    title: "a changed timer that says RefuseManualStop",
    name: "a.timer",
    before: "[Timer]\nOnBootSec=5\n",
    after: "[Timer]\nOnBootSec=6\n[Unit]\nRefuseManualStop=yes\n",
    action: "skip",
  },
  {
    rule: "4",
    title: "a changed timer that says X-RestartIfChanged=false",
    name: "a.timer",
    before: "[Timer]\nOnBootSec=5\n",
    after: "[Timer]\nOnBootSec=6\n[Unit]\nX-RestartIfChanged=false\n",
    action: "skip",
  },
  {
    rule: "4",
    title: "a changed service",
    before: a,
    after: b,
    action: "stop-start",
    why: "[Service] ExecStart changed",
  },
  {
    rule: "4",
    title: "X-ReloadIfChanged in [Service]",
    ...changed("Service", "X-ReloadIfChanged=true"),
    action: "reload",
  },
  { rule: "4", title: "X-ReloadIfChanged in [Unit]", ...changed("Unit", "X-ReloadIfChanged=true"), action: "reload" },
  {
    rule: "4",
    title: "X-ReloadIfChanged=false",
    ...changed("Service", "X-ReloadIfChanged=false"),
    action: "stop-start",
  },
  {
    rule: "4",
    title: "X-RestartIfChanged=false in [Service]",
    ...changed("Service", "X-RestartIfChanged=false"),
    action: "skip",
    why: "X-RestartIfChanged=false",
  },
  {
    rule: "4",
    title: "X-RestartIfChanged=false in [Unit]",
    ...changed("Unit", "X-RestartIfChanged=false"),
    action: "skip",
  },
  { rule: "4", title: "X-RestartIfChanged=true", ...changed("Unit", "X-RestartIfChanged=true"), action: "stop-start" },
  {
    rule: "4",
    title: "X-RestartIfChanged=false only before",
    before: `${a}X-RestartIfChanged=false\n`,
    after: b,
    action: "stop-start",
  },
  {
    rule: "4",
    title: "RefuseManualStop",
    ...changed("Unit", "RefuseManualStop=true"),
    action: "skip",
    why: "RefuseManualStop=true",
  },
  {
    rule: "4",
    title: "RefuseManualStart",
    ...changed("Unit", "RefuseManualStart=true"),
    action: "skip",
    why: "RefuseManualStart=true",
  },
  {
    rule: "4",
    title: "X-OnlyManualStart",
    ...changed("Unit", "X-OnlyManualStart=true"),
    action: "skip",
    why: "X-OnlyManualStart=true",
  },
  {
    rule: "4",
    title: "X-StopIfChanged=false in [Service]",
    ...changed("Service", "X-StopIfChanged=false"),
    action: "restart",
  },
  {
    rule: "4",
    title: "X-StopIfChanged=false in [Unit]",
    ...changed("Unit", "X-StopIfChanged=false"),
    action: "restart",
  },
  { rule: "4", title: "X-StopIfChanged=true", ...changed("Unit", "X-StopIfChanged=true"), action: "stop-start" },
  {
    rule: "4",
    title: "X-StopIfChanged=false with a socket",
    ...changed("Service", "X-StopIfChanged=false"),
    sockets: [active],
    action: "restart",
  },
  {
    rule: "4",
    title: "an active socket",
    before: a,
    after: b,
    sockets: [active],
    action: "stop-start",
    via: ["a.socket"],
    why: "a.socket starts it again",
  },
  {
    rule: "4",
    title: "several sockets",
    before: a,
    after: b,
    sockets: [active, { ...active, name: "b.socket" }],
    action: "stop-start",
    via: ["a.socket", "b.socket"],
  },
  {
    rule: "4",
    title: "a socket that is not active",
    before: a,
    after: b,
    sockets: [{ ...active, isActive: false }],
    action: "stop-start",
  },
  {
    rule: "4",
    title: "a socket that goes",
    before: a,
    after: b,
    sockets: [{ ...active, isThere: false }],
    action: "stop-start",
  },
  {
    rule: "4",
    title: "X-NotSocketActivated with a socket",
    ...changed("Service", "X-NotSocketActivated=true"),
    sockets: [active],
    action: "stop-start",
  },
  // Rule 5: what wins.
  {
    rule: "5",
    title: "X-ReloadIfChanged and X-RestartIfChanged=false",
    ...changed("Service", "X-ReloadIfChanged=true\nX-RestartIfChanged=false"),
    action: "reload",
  },
  {
    rule: "5",
    title: "X-ReloadIfChanged and RefuseManualStop",
    ...changed("Unit", "X-ReloadIfChanged=true\nRefuseManualStop=yes"),
    action: "reload",
  },
  {
    rule: "5",
    title: "a reload that is due and X-RestartIfChanged=false",
    before: `${a}X-RestartIfChanged=false\n`,
    after: `${a}X-RestartIfChanged=false\nExecReload=/x\n`,
    action: "reload",
  },
  // Users' units: X-SwitchMethod of home-manager.
  {
    rule: "users",
    title: "X-SwitchMethod=reload",
    ...changed("Unit", "X-SwitchMethod=reload"),
    action: "reload",
    why: "X-SwitchMethod=reload",
  },
  { rule: "users", title: "X-SwitchMethod=restart", ...changed("Unit", "X-SwitchMethod=restart"), action: "restart" },
  {
    rule: "users",
    title: "X-SwitchMethod=stop-start",
    ...changed("Unit", "X-SwitchMethod=stop-start"),
    action: "stop-start",
  },
  { rule: "users", title: "X-SwitchMethod=stop-only", ...changed("Unit", "X-SwitchMethod=stop-only"), action: "stop" },
  {
    rule: "users",
    title: "X-SwitchMethod=keep-old",
    ...changed("Unit", "X-SwitchMethod=keep-old"),
    action: "skip",
    why: "X-SwitchMethod=keep-old",
  },
  {
    rule: "users",
    title: "an X-SwitchMethod that there is not",
    ...changed("Unit", "X-SwitchMethod=often"),
    action: "restart",
  },
  {
    rule: "users",
    title: "X-SwitchMethod=restart without a change",
    before: `${a}[Unit]\nX-SwitchMethod=restart\n`,
    after: `${a}[Unit]\nX-SwitchMethod=restart\n`,
    action: "none",
  },
  {
    rule: "users",
    title: "X-SwitchMethod=restart and RefuseManualStop",
    ...changed("Unit", "X-SwitchMethod=restart\nRefuseManualStop=yes"),
    action: "skip",
    why: "RefuseManualStop=true",
  },
  {
    rule: "users",
    title: "X-SwitchMethod=restart and RefuseManualStart",
    ...changed("Unit", "X-SwitchMethod=restart\nRefuseManualStart=yes"),
    action: "stop",
    why: "RefuseManualStart=true",
  },
  {
    rule: "users",
    title: "X-SwitchMethod=reload and RefuseManualStart",
    ...changed("Unit", "X-SwitchMethod=reload\nRefuseManualStart=yes"),
    action: "reload",
  },
  {
    rule: "users",
    title: "X-SwitchMethod=keep-old against a reload that is due",
    before: `${a}[Unit]\nX-SwitchMethod=keep-old\n`,
    after: `${a}ExecReload=/x\n[Unit]\nX-SwitchMethod=keep-old\n`,
    action: "skip",
  },
];

/** Titles tell cases apart. */
const rows = cases.map((each) => [each.rule, each.title, each] as const);

function given({ after, before, name = "a.service", sockets = [] }: Case, isActive = true): ChangedUnit {
  return {
    name,
    isActive,
    sockets,
    ...(before !== undefined && { before: parseUnit(before).unit }),
    ...(after !== undefined && { after: parseUnit(after).unit }),
  };
}

describe("decideAction", () => {
  test.each(rows)("rule %s: %s", (_rule, _title, each) => {
    const decision = decideAction(given(each));
    expect([decision.action, decision.via]).toEqual([each.action, each.via ?? []]);
    expect(decision.why).toContain(each.why ?? "");
    expect(decision.why === "").toBe(each.action === "none");
  });

  test("rule 0: leaves alone what is not active, whatever changes", () => {
    expect(new Set(cases.map((each) => decideAction(given(each, false)).action))).toEqual(new Set(["none"]));
  });
});
