import { openApt } from "@firn/apt";
import type { TestArchive } from "@firn/apt/testing";
import type { PackageJourney, PackageStep } from "./package-journey.ts";

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

/** A host that asks for one package, which it makes itself. */
function owning(name: string, own: string): PackageStep {
  return { host: "web", packages: `{ ${name}: {} }`, more: `{ packages: { own: { ${name}: ${own} } } }` };
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
  {
    name: "own-packages",
    steps: [
      { archive: "debian", become: startTrees },
      { inputs: ["debian: { {debian}, suites: [stable] }"] },
      owning(
        "greet",
        '{ version: "1.0", depends: ["jq"], sources: { greet: { text: "hello" } }, install: { "usr/share/greet": { from: "greet" } } }',
      ),
      "firn lock",
      "firn why web libjq1",
      "firn build web --root machine",
      owning(
        "greet",
        '{ version: "1.0", depends: ["jq"], sources: { greet: { text: "good morning" } }, install: { "usr/share/greet": { from: "greet" } } }',
      ),
      "firn build web --root machine",
      "firn lock",
      owning("jq", '{ version: "2", sources: { jq: { text: "mine" } }, install: { "usr/bin/jq": { from: "jq" } } }'),
      "firn lock",
      "firn why web jq",
      owning("greet", '{ version: "1.0", depends: ["greetings"] }'),
      "firn lock",
      owning(
        "greet",
        '{ version: "one", sources: { greet: { address: "https://greet.example/greet" } }, install: { "usr/bin/greet": {} } }',
      ),
      "firn lock",
      owning(
        "greet",
        `{ version: "1.0", sources: { greet: { address: "{debian.address}/dists/stable/InRelease", sha256: "${"0".repeat(64)}" } }, install: { "usr/share/greet": { from: "greet" } } }`,
      ),
      "firn lock",
      "firn build web --root machine",
      owning("greet", '{ version: "1.0", build: { script: "true", tools: ["jq"] } }'),
      "firn lock",
      "firn build web --root machine",
      owning(
        "greet",
        '{ version: "1.0", sources: { greet: { text: "hello" } }, install: { "usr/share/greet": { from: "great" } } }',
      ),
      "firn lock",
      "firn build web --root machine",
      { inputs: ["own: { {debian}, suites: [stable] }"] },
      "firn lock",
    ],
  },
  {
    name: "choose-what-others-need",
    steps: [
      {
        archive: "debian",
        become: (archive) =>
          archive
            .add({ name: "tool", version: "1", depends: "lib" })
            .add({ name: "lib", version: "1" })
            .add({ name: "lib", version: "2", isBesides: true })
            .publish({ date: "2026-11-01T00:00:00Z" }),
      },
      { inputs: ["debian: { {debian}, suites: [stable] }"] },
      { host: "web", packages: "{ tool: {} }" },
      "firn lock",
      { host: "web", packages: "{ tool: {} }", more: '{ packages: { choose: { lib: { version: "1" } } } }' },
      "firn lock",
      { host: "web", packages: "{ tool: {} }", more: '{ packages: { choose: { lib: { version: "3" } } } }' },
      "firn lock",
    ],
  },
];
