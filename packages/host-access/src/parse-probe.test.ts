import { spawnSync } from "node:child_process";
import { parseProbe, probeScript } from "@firn/host-access";
import { describeHostAccess } from "@firn/host-access/testing";
import type { Actual, ActualQuestion, Scope } from "@firn/plan";
import { describe, expect, test } from "vitest";
import { folderScope } from "./host-access-contract.ts";

describeHostAccess("probeScript", async (scope, question) => {
  const { stdout } = spawnSync("sh", [], { input: probeScript(scope, question), maxBuffer: 64 * 1024 * 1024 });
  return parseProbe(stdout.toString(), scope, question);
});

const question: ActualQuestion = {
  paths: ["/etc/a"],
  contents: [],
  units: ["a.service"],
  userUnits: { ada: ["b.timer"] },
};

function readAnswer(lines: readonly string[], scope: Partial<Scope> = {}): Actual {
  return parseProbe(`${lines.join("\n")}\n`, { ...folderScope("/"), ...scope }, question);
}

describe("parseProbe", () => {
  const script = probeScript(folderScope("/"), { ...question, units: [], userUnits: {} });
  const { stdout } = spawnSync("sh", [], { input: script, encoding: "utf8" });

  test("refuses every answer that was cut", () => {
    const cut = stdout.split("\n").slice(0, -1);
    expect(cut.at(-1)).toBe("end");
    for (let count = 0; count < cut.length; count++) {
      expect(() => readAnswer(cut.slice(0, count))).toThrow(/host-access-failed/);
    }
    expect(() => parseProbe(stdout.slice(0, -1), folderScope("/"), question)).toThrow(/host-access-failed/);
    expect(readAnswer(cut).paths["/etc/a"]).toEqual({ kind: "absent" });
  });

  test("refuses an answer that another program began", () => {
    expect(() => readAnswer(["Welcome!", ...stdout.split("\n").slice(0, -1)])).toThrow(/host-access-failed/);
  });

  const text = Buffer.from("[Service]\nExecStart=/bin/true\n").toString("base64");
  const head = ["firn-probe 1", `t passwd ${Buffer.from("ada:x:1000:1000::/home/ada:/bin/sh\n").toString("base64")}`];

  test("reads managers of the system and of users, with texts of unit files", () => {
    const { managers } = readAnswer([
      ...head,
      "m 0",
      "s Id=a.service",
      "s Names=a.service",
      "s LoadState=loaded",
      "s ActiveState=active",
      "s SubState=running",
      "s FragmentPath=/etc/systemd/system/a.service",
      `f ${text} /usr/lib/systemd/system/a.service`,
      "m 1",
      "s Id=b.timer",
      "s Names=b.timer",
      "s LoadState=loaded",
      "s ActiveState=inactive",
      "s SubState=dead",
      "s FragmentPath=/home/ada/.config/systemd/user/b.timer",
      `f ${text} /home/ada/.config/systemd/user/b.timer`,
      "end",
    ]);
    const decoded = "[Service]\nExecStart=/bin/true\n";
    expect(managers).toEqual([
      {
        units: {
          "a.service": {
            load: "loaded",
            active: "active",
            sub: "running",
            fragment: "/etc/systemd/system/a.service",
            hidden: { path: "/usr/lib/systemd/system/a.service", text: decoded },
          },
        },
      },
      {
        user: "ada",
        units: {
          "b.timer": {
            load: "loaded",
            active: "inactive",
            sub: "dead",
            fragment: "/home/ada/.config/systemd/user/b.timer",
            text: decoded,
          },
        },
      },
    ]);
  });

  test("fails when the manager of the scope gives no answer, and leaves out that of another user", () => {
    expect(() => readAnswer([...head, "m 0", "x Host is down", "x", "end"])).toThrow(/host-access-failed/);
    expect(readAnswer([...head, "m 1", "x Host is down", "x", "end"]).managers).toEqual([]);
  });
});

describe("probeScript", () => {
  test("does nothing when it arrives cut at any line", () => {
    const lines = probeScript(folderScope("/"), question).split("\n");
    const head = lines.slice(0, lines.indexOf("probe </dev/null"));
    expect(head.length).toBeGreaterThan(100);
    for (let count = 0; count <= head.length; count += 7) {
      const { stdout: said } = spawnSync("sh", [], { input: head.slice(0, count).join("\n"), encoding: "utf8" });
      expect(said).toBe("");
    }
  });
});
