import { openApt } from "@firn/apt";
import type { TestArchive } from "@firn/apt/testing";
import type { PackageJourney } from "./package-journey.ts";

/** What every tree has, as names without content, and a program. */
function startTrees(archive: TestArchive): void {
  const { base } = openApt({ cache: "/nowhere", environment: {} });
  for (const name of base) archive.add({ name, version: "1" });
  archive
    .add({ name: "jq", version: "1.6-2.1", depends: "libjq1", files: { "/usr/bin/jq": "#!/bin/nothing\n" } })
    .add({ name: "libjq1", version: "1.6-2.1" })
    .add({ name: "tools", version: "1", files: { "/usr/bin/saw": "#!/bin/saw\n", "/usr/bin/axe": "#!/bin/axe\n" } })
    .publish({ date: "2026-11-01T00:00:00Z" });
}

/** Shells that a flake declares, and those that somebody asks for. */
export const shellStories: readonly PackageJourney[] = [
  {
    name: "shells",
    steps: [
      { archive: "debian", become: startTrees },
      { inputs: ["debian: { {debian}, suites: [stable] }"], shells: ["default: { packages: [jq] }"] },
      "firn develop",
      "firn lock",
      "firn lock",
      "mkdir -p ../home/.local/state/firn/store",
      "touch ../home/.local/state/firn/store/unpacked",
      "firn develop",
      "rm ../home/.local/state/firn/store/unpacked",
      "firn develop -- jq --version",
      "firn develop docs",
      "firn shell",
      "firn shell JQ",
      "firn shell jqq",
      "firn shell jq -- saw",
      "firn run tools",
      "firn run tools saw",
      {
        inputs: ["debian: { {debian}, suites: [stable] }"],
        shells: ["default: { packages: [jq, jqq] }", "docs: { packages: [tools], sources: [debain] }"],
      },
      "firn lock",
      {
        inputs: ["debian: { {debian}, suites: [stable] }"],
        shells: ["default: { packages: [jq, jqq] }", "docs: { packages: [tools], architectures: [s390x] }"],
      },
      "firn lock",
      "firn develop docs",
    ],
  },
];
