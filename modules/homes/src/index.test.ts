import homes from "@modules/homes";
import { defineModule, evaluate } from "firn";
import { describe, expect, test } from "vitest";

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
      files: { ".config/git/config": { ini: { user: { name: "Ada" } } } },
    });
    expect(diagnostics).toEqual([]);
    expect(config.homes["ada"]?.files[".config/git/config"]?.generated?.text).toBe("[user]\nname=Ada\n");
  });

  test("writes the environment for shells and for services, and lets shells read it", () => {
    const { config, diagnostics } = evaluateHome({
      environment: { variables: { EDITOR: "vim" }, startUpFiles: [".profile"] },
    });
    expect(diagnostics).toEqual([]);
    const files = config.homes["ada"]?.files ?? {};
    expect(Object.keys(files).toSorted()).toEqual([
      ".config/environment.d/60-firn.conf",
      ".config/firn/shell.sh",
      ".profile",
    ]);
    expect(files[".profile"]?.text).toBe('. "$HOME/.config/firn/shell.sh"\n');
    expect(files[".config/firn/shell.sh"]?.text).toContain('export EDITOR="vim"\n');
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
});
