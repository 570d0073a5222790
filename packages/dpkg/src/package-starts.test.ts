import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dpkgTarget } from "@firn/dpkg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeTinyPackage } from "../test-kit/tiny-package.ts";

describe("parseStarts", () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), "firn-starts-"))));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Asks of packages with these scripts. */
  function startsOf(...scripts: readonly (string | undefined)[]): readonly (readonly string[])[] {
    const files = scripts.map((postinst, index) => {
      const made = makeTinyPackage(folder, {
        name: `p${index}`,
        version: "1",
        ...(postinst !== undefined && { scripts: { postinst } }),
      });
      return join(folder, dpkgTarget.fileNameOf(made));
    });
    return dpkgTarget.parseStarts(
      execFileSync("sh", ["-s"], { input: dpkgTarget.renderStartsQuery(files), encoding: "utf8" }),
    );
  }

  test("finds what scripts start, in the forms in which debhelper writes it", () => {
    const several = `if [ -n "$2" ]; then\n\t_dh_action=restart\nelse\n\t_dh_action=start\nfi
deb-systemd-invoke $_dh_action 'a.service' 'b@1.timer' >/dev/null || true
deb-systemd-invoke "$_dh_action" a.service >/dev/null || true`;
    const one = "deb-systemd-invoke start c.socket || true";
    const stops = "deb-systemd-invoke stop 'd.service' >/dev/null || true";
    expect(startsOf(several, undefined, one, stops)).toEqual([["a.service", "b@1.timer"], [], ["c.socket"], []]);
  });

  test("finds none in a file that is no package", () => {
    const text = execFileSync("sh", ["-s"], { input: dpkgTarget.renderStartsQuery(["/dev/null"]), encoding: "utf8" });
    expect(dpkgTarget.parseStarts(text)).toEqual([[]]);
  });
});
