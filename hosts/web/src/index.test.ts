import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluate } from "firn";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import web from "./index.ts";

const { config, diagnostics } = evaluate({ modules: [web], name: "web" });

let folder = "";
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "firn-web-"))));
afterEach(() => rmSync(folder, { recursive: true }));

describe("web", () => {
  test("is without problems", () => {
    expect(diagnostics).toEqual([]);
  });

  test("opens the ports of its sites and of SSH, and no others", () => {
    expect(config.networking.firewall.allowedTCPPorts).toEqual([22, 80, 8080]);
  });

  test("serves what its files and its timer write", () => {
    const { virtualHosts } = config.services.nginx;
    expect(Object.values(virtualHosts).map(({ root }) => root)).toEqual(["/run/status", "/srv/www"]);
    expect(Object.keys(config.environment.files)).toEqual(["/srv/www/index.html"]);
    expect(config.environment.etc["firn/scripts/renew-status"]?.text).toContain(">/run/status/index.html.new\n");
  });

  test("has units that systemd takes", () => {
    const { services, timers } = config.systemd;
    const whole = [...Object.values(services), ...Object.values(timers)].filter(({ asDropIn }) => !asDropIn);
    expect(whole.map(({ name }) => name).toSorted()).toEqual([
      "firn-firewall.service",
      "nginx.service",
      "renew-status.service",
      "renew-status.timer",
    ]);
    const files = whole.map(({ name, text }) => {
      // Their programs need not be on the machine that runs this test.
      writeFileSync(
        join(folder, name),
        text.replaceAll(
          /\/[\w/.-]*\/(?:nft|nginx|start-stop-daemon|renew-status)(?= )|\/etc\/firn\/scripts\/\S+/g,
          "/bin/true",
        ),
      );
      return join(folder, name);
    });
    const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", ...files], { encoding: "utf8" });
    const complaints = stderr.split("\n").filter((line) => whole.some(({ name }) => line.includes(name)));
    expect({ status, complaints }).toEqual({ status: 0, complaints: [] });
  });
});
