import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readAptSources } from "./apt-sources.ts";

test("readAptSources takes the entries of the suite from both formats, and no others", () => {
  const folder = mkdtempSync(join(tmpdir(), "firn-apt-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "sources.list.d"));
  const wantedLines = "deb [arch=amd64] file:/a bookworm main\ndeb file:/a bookworm-security main";
  writeFileSync(join(folder, "sources.list"), `# deb file:/b bookworm main\n${wantedLines}\n`);
  writeFileSync(join(folder, "sources.list.d", "own.list"), "deb file:/c stable main\ndeb-src file:/a bookworm main\n");
  const wanted = "Types: deb deb-src\nURIs: file:/d\nSuites: bookworm bookworm-updates\nComponents: main";
  const off = "Types: deb\nURIs: file:/e\nSuites: bookworm\nEnabled: no\nComponents: main";
  const other = "Types: deb\nURIs: file:/f\nSuites: trixie\nComponents: main";
  writeFileSync(join(folder, "sources.list.d", "debian.sources"), `${off}\n\n${wanted}\n\n${other}\n`);
  expect(readAptSources(folder, "bookworm")).toEqual({ list: wantedLines, sources: wanted });
  expect(readAptSources(join(folder, "nowhere"), "bookworm")).toEqual({ list: "", sources: "" });
});
