import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import systemd from "@modules/systemd";
import { defineModule, evaluate } from "firn";
import { describe, expect, test } from "vitest";

/** Definitions of which some are wrong. */
interface Units {
  readonly [family: string]: { readonly [name: string]: object };
}

function evaluateUnits(units: Units) {
  const host = defineModule({
    imports: [systemd],
    config: (_, define) => define({ systemd: units as object }), // Some are wrong on purpose.
  });
  return evaluate({ modules: [host] });
}

const app = { serviceConfig: { ExecStart: "/bin/true" } };

/** Asks systemd what it says of units. */
function verify(units: { readonly [name: string]: string }): string {
  const folder = mkdtempSync(join(tmpdir(), "firn-units-"));
  try {
    for (const [name, text] of Object.entries(units)) writeFileSync(join(folder, name), text);
    const files = Object.keys(units).map((name) => join(folder, name));
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", ...files], { encoding: "utf8" });
    const own = stderr.split("\n").filter((line) => Object.keys(units).some((name) => line.includes(name)));
    return status === 0 ? own.join("\n") : stderr;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe("systemd", () => {
  test("writes units of all types such that systemd takes them", () => {
    const { config, diagnostics } = evaluateUnits({
      services: {
        app: {
          description: "Application",
          documentation: ["man:true(1)"],
          after: ["network.target"],
          wantedBy: ["multi-user.target"],
          environment: { GREETING: 'say "hi" to 100%' },
          serviceConfig: { ExecStart: "/bin/true", Restart: "on-failure", RestartSec: 5, NoNewPrivileges: true },
          restartTriggers: ['first "line"\nsecond\\'],
        },
      },
      sockets: { app: { listenStreams: [8080, "/run/app.sock"] } },
      timers: { app: { onCalendar: ["daily", "Mon *-*-* 04:00"], onBootSec: "5min", randomizedDelaySec: "1h" } },
      paths: { app: { pathChanged: ["/etc/app.conf"] } },
      targets: { apps: { wants: ["app.service"] } },
      slices: { apps: { sliceConfig: { MemoryMax: "1G" } } },
      mounts: { "/srv/da-ta": { what: "/dev/sdb1", type: "ext4", options: ["noatime", "nofail"] } },
      automounts: { "/srv/da-ta": { automountConfig: { TimeoutIdleSec: "10min" }, wantedBy: [] } },
      swaps: { "/swapfile": { priority: 5 } },
      units: { "raw.service": { text: "[Service]\nExecStart=/bin/true\n" } },
    });
    expect(diagnostics).toEqual([]);
    const { user: _user, ...families } = config.systemd;
    const units = Object.values(families).flatMap((family) => Object.values<{ name: string; text: string }>(family));
    expect(units.map(({ name }) => name).toSorted()).toEqual([
      "app.path",
      "app.service",
      "app.socket",
      "app.timer",
      "apps.slice",
      "apps.target",
      "raw.service",
      "srv-da\\x2dta.automount",
      "srv-da\\x2dta.mount",
      "swapfile.swap",
    ]);
    expect(verify(Object.fromEntries(units.map(({ name, text }) => [name, text])))).toBe("");
  });

  test("says what starts a unit by itself: timers, sockets, mounts", () => {
    const { config } = evaluateUnits({
      services: { app },
      sockets: { app: { listenStreams: [80] } },
      timers: { app: { onCalendar: "daily" } },
      mounts: { "/a": { what: "/dev/sda1" }, "/b": { what: "nas:/b", type: "nfs4" } },
    });
    const { mounts, services, sockets, timers } = config.systemd;
    const units = [services["app"], sockets["app"], timers["app"], mounts["/a"], mounts["/b"]];
    expect(units.map((unit) => unit?.wantedBy)).toEqual([
      [],
      ["sockets.target"],
      ["timers.target"],
      ["local-fs.target"],
      ["remote-fs.target"],
    ]);
  });

  test("makes up for runs that were missed only where there is a calendar", () => {
    const { config } = evaluateUnits({
      services: { a: app, b: app },
      timers: { a: { onCalendar: "daily" }, b: { onBootSec: "1h" } },
    });
    const texts = Object.values(config.systemd.timers).map(({ text }) => text.includes("Persistent=true"));
    expect(texts).toEqual([true, false]);
  });

  test("makes programs of scripts, and tells when one changes", () => {
    const { config, diagnostics } = evaluateUnits({
      services: { app: { script: "exec sleep 1", preStart: "mkdir -p /run/app" } },
    });
    expect(diagnostics).toEqual([]);
    expect(config.environment.etc).toMatchObject({
      "firn/scripts/app": { text: "#!/bin/sh\nset -e\nexec sleep 1\n", executable: true },
      "firn/scripts/app-pre-start": { executable: true },
    });
    const text = config.systemd.services["app"]?.text;
    expect(text).toContain("ExecStartPre=/etc/firn/scripts/app-pre-start\nExecStart=/etc/firn/scripts/app\n");
    expect(text).toContain(String.raw`X-Restart-Triggers="#!/bin/sh\nset -e\nexec sleep 1\n"`);
  });

  test("writes down how a switch is to treat a change, where that is not the usual way", () => {
    const changed = { restartIfChanged: { restartIfChanged: false }, stopIfChanged: { stopIfChanged: false } };
    const { config } = evaluateUnits({
      services: {
        usual: app,
        stay: { ...app, ...changed.restartIfChanged },
        reload: { ...app, ...changed.restartIfChanged, reloadIfChanged: true },
        once: { ...app, ...changed.stopIfChanged },
      },
    });
    const rules = Object.values(config.systemd.services).map(({ text }) => text.match(/X-\w+=\w+/g));
    expect(rules).toEqual([null, ["X-RestartIfChanged=false"], ["X-ReloadIfChanged=true"], ["X-StopIfChanged=false"]]);
  });

  test("adds to a unit of the distribution without the parts of a whole one", () => {
    const { config, diagnostics } = evaluateUnits({
      services: { ssh: { asDropIn: true, serviceConfig: { LimitNOFILE: 4096 }, wantedBy: ["multi-user.target"] } },
    });
    expect(diagnostics).toEqual([]);
    expect(config.systemd.services["ssh"]?.text).toBe("[Service]\nLimitNOFILE=4096\n");
  });

  test("offers the same for the users' systemd", () => {
    const { config, diagnostics } = evaluateUnits({ user: { services: { app: { script: "true" } } } });
    expect(diagnostics).toEqual([]);
    expect(config.systemd.user.services["app"]?.text).toContain("ExecStart=/etc/firn/user-scripts/app\n");
    expect(Object.keys(config.environment.etc)).toEqual(["firn/user-scripts/app"]);
  });

  test.each<[what: string, units: Units, path: string]>([
    [
      "a setting that there is not",
      { services: { a: { serviceConfig: { ExecStrat: "/bin/true" } } } },
      "services.a.serviceConfig.ExecStrat",
    ],
    [
      "a value that it does not take",
      { services: { a: { serviceConfig: { Restart: "sometimes" } } } },
      "services.a.serviceConfig.Restart",
    ],
    [
      "one such value in a list",
      { services: { a: { serviceConfig: { ExecStartPre: ["/bin/true", "./x"] } } } },
      "services.a.serviceConfig.ExecStartPre.1",
    ],
    [
      "a value of two lines",
      { services: { a: { serviceConfig: { ExecStart: "/bin/true\nUser=root" } } } },
      "services.a.serviceConfig.ExecStart",
    ],
    [
      "a setting of another section",
      { services: { a: { unitConfig: { ExecStart: "/bin/true" } } } },
      "services.a.unitConfig.ExecStart",
    ],
    ["a unit without its type", { services: { a: { ...app, after: ["network"] } } }, "services.a.after.0"],
    ["a description of two lines", { services: { a: { ...app, description: "a\nb" } } }, "services.a.description"],
    [
      "a variable whose name is none",
      { services: { a: { ...app, environment: { "A B": "c" } } } },
      "services.a.environment.A B",
    ],
    ["a name with the type", { services: { "a.service": app } }, "services.a.service"],
    ["a name with a space", { services: { "a b": app } }, "services.a b"],
    ["a time that there is not", { timers: { a: { onCalendar: "dayly", unit: "b.service" } } }, "timers.a.onCalendar"],
    ["a span that there is not", { timers: { a: { onBootSec: "soon", unit: "b.service" } } }, "timers.a.onBootSec"],
    ["an address that is none", { sockets: { a: { listenStreams: ["eighty"] } } }, "sockets.a.listenStreams.0"],
    [
      "a mount option with a comma",
      { mounts: { "/a": { what: "/dev/sda1", options: ["ro,noatime"] } } },
      "mounts./a.options.0",
    ],
    [
      "a size that is none",
      { slices: { a: { sliceConfig: { MemoryMax: "much" } } } },
      "slices.a.sliceConfig.MemoryMax",
    ],
    ["a unit of no type", { units: { app: { text: "" } } }, "units.app"],
  ])("refuses %s at its own line", (_what, units, path) => {
    const { diagnostics } = evaluateUnits(units);
    expect(diagnostics.map(({ optionPath }) => optionPath?.join("."))).toEqual([`systemd.${path}`]);
    expect(diagnostics[0]?.marks[0]?.place.property?.join(".")).toBe(`systemd.${path}`);
  });

  test.each<[what: string, units: Units, path: string]>([
    ["a service that does nothing", { services: { a: {} } }, "services.a"],
    ["a timer without any time", { services: { a: app }, timers: { a: {} } }, "timers.a"],
    ["a socket without address", { services: { a: app }, sockets: { a: {} } }, "sockets.a"],
    ["two ways to start", { services: { a: { ...app, script: "true" } } }, "services.a"],
    ["a raw unit that does nothing", { units: { "a.service": { text: "[Service]\n" } } }, 'units."a.service"'],
    [
      "a raw unit with a line of no kind",
      { units: { "a.service": { text: "[Service]\nExecStart=/bin/true\nwhat" } } },
      'units."a.service"',
    ],
    [
      "a raw unit with a setting that there is not",
      { units: { "a.service": { text: "[Service]\nExecStart=/bin/true\nExecStrat=x" } } },
      'units."a.service"',
    ],
    ["a timer of a service that is nowhere", { timers: { a: { onCalendar: "daily" } } }, ""],
  ])("refuses %s as a whole", (_what, units, path) => {
    const { diagnostics } = evaluateUnits(units);
    expect(diagnostics).toMatchObject([{ code: "assertion-failed" }]);
    expect(diagnostics[0]?.message).toContain(path === "" ? "starts a service" : `systemd.${path}`);
  });
});
