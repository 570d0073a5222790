import { expect, test } from "vitest";
import { quoteCommand, scriptName, withInterpreter } from "./service-scripts.ts";

test("withInterpreter makes a program of lines for sh, which ends at the first failure", () => {
  expect(withInterpreter("true")).toBe("#!/bin/sh\nset -e\ntrue\n");
});

test("withInterpreter leaves a program in another language as it is", () => {
  expect(withInterpreter("#!/usr/bin/python3\nprint()\n")).toBe("#!/usr/bin/python3\nprint()\n");
});

test("scriptName tells the scripts of a service apart", () => {
  const names = ["ExecStartPre", "ExecStart", "ExecStartPost"].map((setting) => scriptName("app@", setting));
  expect(names).toEqual(["app@-pre-start", "app@", "app@-post-start"]);
});

test.each([
  ["/etc/firn/scripts/app", "/etc/firn/scripts/app"],
  ["%h/.config/firn/scripts/app", "%h/.config/firn/scripts/app"],
  ["/etc/firn/scripts/srv-a\\x2db", '"/etc/firn/scripts/srv-a\\\\x2db"'],
])("quoteCommand writes %s as systemd reads it", (path, expected) => {
  expect(quoteCommand(path)).toBe(expected);
});
