import time from "@modules/time";
import { defineModule, evaluate } from "firn";
import { describe, expect, test } from "vitest";

function evaluateTime(timeZone: string | null) {
  return evaluate({
    modules: [defineModule({ imports: [time], config: (_, define) => define({ time: { timeZone } }) })],
  });
}

describe("time.timeZone", () => {
  test("is a link to the data, which must be there before the switch", () => {
    const { config, diagnostics } = evaluateTime("America/Argentina/Buenos_Aires");
    expect(diagnostics).toEqual([]);
    expect(config.environment.etc).toMatchObject({
      localtime: { to: "/usr/share/zoneinfo/America/Argentina/Buenos_Aires", takeOver: true },
      timezone: { text: "America/Argentina/Buenos_Aires\n", link: false, takeOver: true },
    });
    expect(config.checks.before["time-zone"]?.run).toContain("/usr/share/zoneinfo/America/Argentina/Buenos_Aires");
  });

  test.each(["UTC", "Etc/GMT+1", "Europe/Isle_of_Man"])("takes %s", (name) => {
    expect(evaluateTime(name).diagnostics).toEqual([]);
  });

  test("leaves the host's time zone alone when it is null", () => {
    expect(evaluateTime(null).config.environment.etc).toEqual({});
  });

  test.each(["New York", "+01:00", "../etc/passwd", "Europe/", "", "Europe/Berlin; reboot"])("refuses %j", (name) => {
    expect(evaluateTime(name).diagnostics).toMatchObject([{ code: "type-mismatch", optionPath: ["time", "timeZone"] }]);
  });
});
