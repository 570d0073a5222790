import { expect, test } from "vitest";
import { parseShownUnits, readUnitTexts, showArguments, systemUnitFolders, userUnitFolders } from "./unit-query.ts";

/** As systemd 252 prints it. */
const shown = `Id=nginx.service
Names=nginx.service
LoadState=loaded
ActiveState=active
SubState=running
FragmentPath=/lib/systemd/system/nginx.service
ExecMainCode=0
ExecMainStatus=0

Id=ssh.service
Names=sshd.service ssh.service
LoadState=loaded
ActiveState=failed
SubState=failed
FragmentPath=/etc/systemd/system/ssh.service
ExecMainCode=1
ExecMainStatus=255

Id=killed.service
Names=killed.service
LoadState=loaded
ActiveState=failed
SubState=failed
FragmentPath=/etc/systemd/system/killed.service
ExecMainCode=2
ExecMainStatus=9

Id=none.service
Names=none.service
LoadState=not-found
ActiveState=inactive
SubState=dead
FragmentPath=
ExecMainCode=0
ExecMainStatus=0

Id=off.service
Names=off.service
LoadState=masked
ActiveState=inactive
SubState=dead
FragmentPath=/etc/systemd/system/off.service

Id=work@firn-asks.service
Names=work@firn-asks.service
LoadState=loaded
ActiveState=inactive
SubState=dead
FragmentPath=/etc/systemd/system/work@.service

Id=work@a=b\\x2d1.service
Names=work@a=b\\x2d1.service
LoadState=loaded
ActiveState=active
SubState=running
FragmentPath=/etc/systemd/system/work@.service

Id=web.timer
Names=web.timer
LoadState=loaded
ActiveState=active
SubState=waiting
FragmentPath=/etc/systemd/system/web.timer
`;

const noTexts = (): object => ({});

test("parseShownUnits gives each unit that was asked, by any of its names", () => {
  const asked = ["nginx.service", "sshd.service", "ssh.service", "none.service", "off.service", "web.timer"];
  const units = parseShownUnits(shown, asked, noTexts);
  const ssh = { load: "loaded", active: "failed", sub: "failed", fragment: "/etc/systemd/system/ssh.service" };
  expect(units).toEqual({
    "nginx.service": {
      load: "loaded",
      active: "active",
      sub: "running",
      fragment: "/lib/systemd/system/nginx.service",
    },
    "sshd.service": { ...ssh, exitStatus: 255 },
    "ssh.service": { ...ssh, exitStatus: 255 },
    "none.service": { load: "not-found", active: "inactive", sub: "dead" },
    "off.service": { load: "masked", active: "inactive", sub: "dead", fragment: "/etc/systemd/system/off.service" },
    "web.timer": { load: "loaded", active: "active", sub: "waiting", fragment: "/etc/systemd/system/web.timer" },
  });
});

test("parseShownUnits gives no exit status of a process that a signal ended", () => {
  expect(parseShownUnits(shown, ["killed.service"], noTexts)["killed.service"]).not.toHaveProperty("exitStatus");
});

test("parseShownUnits gives a template and its loaded instances", () => {
  const units = parseShownUnits(shown, ["work@.service"], noTexts);
  expect(Object.keys(units).toSorted()).toEqual(["work@.service", "work@a=b\\x2d1.service"]);
  expect(units["work@.service"]?.active).toBe("inactive");
  expect(units["work@a=b\\x2d1.service"]?.active).toBe("active");
});

test("parseShownUnits says not-found of what systemd was silent about", () => {
  const notFound = { load: "not-found", active: "inactive", sub: "dead" };
  expect(parseShownUnits("", ["a.service", "no unit", "b@.timer"], noTexts)).toEqual({
    "a.service": notFound,
    "no unit": notFound,
    "b@.timer": notFound,
  });
});

test("parseShownUnits adds the texts of fragments, and asks for none where there is no fragment", () => {
  const asked: string[] = [];
  const units = parseShownUnits(shown, ["nginx.service", "none.service"], (fragment) => {
    asked.push(fragment);
    return { text: `text of ${fragment}` };
  });
  expect(units["nginx.service"]?.text).toBe("text of /lib/systemd/system/nginx.service");
  expect(units["none.service"]).not.toHaveProperty("text");
  expect(asked).not.toContain("");
});

test("showArguments names each unit once, templates by a trial and a pattern, and nothing that is no unit", () => {
  const names = [
    "a.service",
    "a.service",
    "w\\x2dx@.service",
    "no",
    "-.mount",
    "../a.service",
    "a b.service",
    "@.service",
  ];
  const [verb, property, separator, ...units] = showArguments([...names, "c@d.socket"]);
  expect([verb, separator]).toEqual(["show", "--"]);
  expect(property).toMatch(/^--property=Id,Names,LoadState,/);
  expect(units).toEqual(["a.service", "w\\x2dx@firn-asks.service", "w\\\\x2dx@*.service", "-.mount", "c@d.socket"]);
});

const files: { readonly [path: string]: string } = {
  "/etc/systemd/system/a.service": "ours",
  "/usr/local/lib/systemd/system/a.service": "local",
  "/usr/lib/systemd/system/a.service": "distribution",
  "/lib/systemd/system/b.service": "alone",
  "/usr/lib/systemd/system/b.service": "alone",
  "/home/ada/.config/systemd/user/a.service": "of Ada",
  "/usr/lib/systemd/user/a.service": "for all",
};

test.each([
  ["a file that hides two", "/etc/systemd/system/a.service", "ours", "/usr/local/lib/systemd/system/a.service"],
  ["a file that hides one", "/usr/local/lib/systemd/system/a.service", "local", "/usr/lib/systemd/system/a.service"],
  ["the distribution's, by its old name", "/lib/systemd/system/b.service", "alone", undefined],
  [
    "a link of Firn's, whose text is not read",
    "/etc/systemd/system/b.service",
    undefined,
    "/usr/lib/systemd/system/b.service",
  ],
  ["a file elsewhere", "/opt/a.service", undefined, undefined],
])("readUnitTexts finds the text of %s and the first that it hides", (_, fragment, text, hidden) => {
  const found = readUnitTexts(fragment, systemUnitFolders, (path) => files[path]);
  expect([found.text, found.hidden?.path, found.hidden?.text]).toEqual([text, hidden, hidden && files[hidden]]);
});

test("readUnitTexts knows the folders of a user's manager", () => {
  const fragment = "/home/ada/.config/systemd/user/a.service";
  const found = readUnitTexts(fragment, userUnitFolders("/home/ada"), (path) => files[path]);
  expect(found).toEqual({ text: "of Ada", hidden: { path: "/usr/lib/systemd/user/a.service", text: "for all" } });
});
