import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import environment from "@modules/environment";
import homes from "@modules/homes";
import { defineModule, evaluate, mkForce } from "firn";
import { describe, expect, onTestFinished, test } from "vitest";

function evaluateHome(ada: object) {
  const host = defineModule({
    imports: [homes],
    config: (_, define) => define({ homes: { ada: ada as never } }), // Wrong ones are tried, too.
  });
  return evaluate({ modules: [host] });
}

describe("homes", () => {
  test("has files, also from settings", () => {
    const { config, diagnostics } = evaluateHome({
      files: { ".gitconfig": { ini: { user: { name: "Ada" } } } },
      xdg: { config: { "git/config": { ini: { user: { name: "Ada L." } } } } },
    });
    expect(diagnostics).toEqual([]);
    const { files, xdg } = config.homes["ada"] ?? {};
    expect(files?.[".gitconfig"]?.generated?.text).toBe("[user]\nname=Ada\n");
    expect(xdg?.config["git/config"]?.generated?.text).toBe("[user]\nname=Ada L.\n");
  });

  test("writes the environment for shells and for services, and lets shells read it", () => {
    const { config, diagnostics } = evaluateHome({
      environment: { variables: { EDITOR: "vim" }, startUpFiles: [".profile"] },
    });
    expect(diagnostics).toEqual([]);
    const files = config.homes["ada"]?.files ?? {};
    expect(Object.keys(files).toSorted()).toEqual([
      ".config/environment.d/70-firn.conf",
      ".config/firn/shell.sh",
      ".profile",
    ]);
    expect(files[".profile"]?.text).toBe('. "$HOME/.config/firn/shell.sh"\n');
    expect(files[".config/firn/shell.sh"]?.text).toContain('export EDITOR="vim"\n');
  });

  test("reads the environment before the other lines of a start-up file", () => {
    const { config, diagnostics } = evaluateHome({
      files: { ".bashrc": { text: "PS1='$ '\n", takeOver: true } },
      environment: { shellInit: "set -o vi", startUpFiles: [".bashrc"] },
    });
    expect(diagnostics).toEqual([]);
    const files = config.homes["ada"]?.files ?? {};
    expect(files[".bashrc"]).toMatchObject({ text: `. "$HOME/.config/firn/shell.sh"\n\nPS1='$ '\n`, takeOver: true });
    expect(Object.keys(files).toSorted()).toEqual([".bashrc", ".config/firn/shell.sh"]);
  });

  test("has a file of variables that is read beside that of all users", () => {
    const { config } = evaluate({
      modules: [
        defineModule({
          imports: [environment, homes],
          config(_, define) {
            define({ environment: { variables: { A: 1 } }, homes: { ada: { environment: { variables: { A: 2 } } } } });
          },
        }),
      ],
    });
    const nameOf = (files: object): string | undefined =>
      Object.keys(files)
        .filter((path) => path.includes("environment.d/"))
        .map((path) => path.split("/").at(-1))[0];
    const [forAll = "", own = ""] = [nameOf(config.environment.etc), nameOf(config.homes["ada"]?.files ?? {})];
    // The later of two files wins, and the first of two with one name is the only one.
    expect([forAll, own].toSorted()).toEqual([forAll, own]);
    expect(own).not.toBe(forAll);
  });

  test("refuses variables that stand for each other, and a timer of nothing", () => {
    const { diagnostics } = evaluateHome({
      environment: { variables: { A: "$B", B: "$A" } },
      systemd: { timers: { backup: { onCalendar: "daily" } } },
    });
    expect(diagnostics.map(({ message }) => message).toSorted()).toEqual([
      expect.stringContaining('the timer "backup" starts a service that is not defined'),
      expect.stringContaining("the variables A and B stand for each other"),
    ]);
  });

  test("has units of its own, whose scripts are below the home", () => {
    const { config, diagnostics } = evaluateHome({
      systemd: {
        services: { backup: { script: "exec true\n", serviceConfig: { Type: "oneshot" } } },
        timers: { backup: { onCalendar: "daily" } },
      },
    });
    expect(diagnostics).toEqual([]);
    const { files, systemd } = config.homes["ada"] ?? {};
    expect(systemd?.services["backup"]?.text).toContain("ExecStart=%h/.config/firn/scripts/backup\n");
    expect(files?.[".config/firn/scripts/backup"]).toMatchObject({ executable: true });
  });

  test("refuses what systemd would not take", () => {
    const { diagnostics } = evaluateHome({ systemd: { timers: { backup: { onCalendar: "dayly" } } } });
    expect(diagnostics.map(({ optionPath }) => optionPath?.slice(0, 5))).toContainEqual([
      "homes",
      "ada",
      "systemd",
      "timers",
      "backup",
    ]);
  });

  test("leads shells to the programs of a user who has packages, and no others", () => {
    const linesOf = (ada: object): [string, string] => {
      const { config, diagnostics } = evaluateHome(ada);
      expect(diagnostics).toEqual([]);
      const files = config.homes["ada"]?.files ?? {};
      return [config.environment.etc["profile.d/firn.sh"]?.text ?? "", files[".config/firn/shell.sh"]?.text ?? ""];
    };
    expect(linesOf({ packages: { jq: { enable: mkForce(false) } } })).toEqual(["", ""]);
    for (const lines of linesOf({ packages: ["jq"] })) {
      const home = mkdtempSync(join(tmpdir(), "firn-home-"));
      onTestFinished(() => rmSync(home, { recursive: true }));
      const run = (): string =>
        execFileSync("sh", ["-ec", `${lines}${lines}echo "$PATH $XDG_DATA_DIRS"`], {
          encoding: "utf8",
          env: { HOME: home, PATH: "/usr/bin:/bin", XDG_DATA_DIRS: "/usr/share" },
        });
      expect(run()).toBe("/usr/bin:/bin /usr/share\n");
      const profile = join(home, ".local/share/firn/profile");
      for (const folder of ["bin", "share"]) mkdirSync(join(profile, folder), { recursive: true });
      expect(run()).toBe(`${profile}/bin:/usr/bin:/bin ${profile}/share:/usr/share\n`);
    }
  });
});
