import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { TestArchive } from "@firn/apt/testing";
import type { PackageJourney, PackageStep } from "./package-journey.ts";

const web = (packages: string, more?: string): PackageStep => ({
  host: "web",
  packages,
  ...(more !== undefined && { more }),
});

const debian: PackageStep = { inputs: ["debian: { {debian}, suites: [stable, stable-security] }"] };

const date = { first: "2026-11-01T00:00:00Z", second: "2026-11-05T12:00:00Z", third: "2026-11-20T00:00:00Z" };

const nginx = { architecture: "amd64", suite: "stable" };

/** What the archive has at first: nginx, which needs two others, and more. */
function start(archive: TestArchive): void {
  archive
    .add({ name: "libc6", version: "2.36-9", architecture: "amd64" })
    .add({ name: "libssl3", version: "3.0.14-1", architecture: "amd64", depends: "libc6" })
    .add({ name: "nginx", version: "1.22.1-9", depends: "libc6, libssl3 (>= 3)", ...nginx })
    .add({ name: "zsh", version: "5.9-4", architecture: "amd64", depends: "libc6, zsh-common" })
    .add({ name: "zsh-common", version: "5.9-4" })
    .publish({ date: date.first })
    .publish({ suite: "stable-security", date: date.first });
}

/** What it has later: a security update, and others. */
function move(archive: TestArchive): void {
  archive
    .add({ name: "libc6", version: "2.36-10", architecture: "amd64", suite: "stable" })
    .add({ name: "zsh-common", version: "5.9-5", suite: "stable" })
    .add({ name: "nginx", version: "1.22.1-10", depends: "libc6, libssl3, nginx-common", ...nginx, isBesides: true })
    .add({ name: "nginx-common", version: "1.22.1-10", suite: "stable" })
    .add({
      name: "libssl3",
      version: "3.0.15-1~deb12u1",
      architecture: "amd64",
      depends: "libc6",
      suite: "stable-security",
    })
    .publish({ date: date.second })
    .publish({ suite: "stable-security", date: date.second });
}

/** Changes what an archive says of itself, behind its back. */
function tamper({ folder }: TestArchive): void {
  const file = join(folder, "dists/stable/InRelease");
  writeFileSync(file, readFileSync(file, "utf8").replaceAll("Label: Test", "Label: Best"));
}

const begin: readonly PackageStep[] = [{ archive: "debian", become: start }, debian];

/** What a release after it has. */
const next: PackageStep = {
  archive: "next",
  become: (archive) =>
    archive
      .add({ name: "libc6", version: "2.41-1", architecture: "amd64" })
      .add({ name: "zsh", version: "6.0-1", architecture: "amd64", depends: "libc6 (>= 2.40), zsh-common (>= 6)" })
      .add({ name: "zsh-common", version: "6.0-1" })
      .add({ name: "jq", version: "1.7-1", architecture: "amd64" })
      .publish({ date: date.first }),
};

/** What people do with packages. */
export const packageStories: readonly PackageJourney[] = [
  {
    name: "lock-and-add",
    steps: [
      ...begin,
      web("{ nginx: {} }"),
      "firn lock",
      "cat lockfile.json",
      "firn lock",
      { archive: "debian", become: move },
      web("{ nginx: {}, zsh: {} }"),
      "firn lock --frozen",
      "firn lock",
      "firn lock",
      web("{ zsh: {} }"),
      "firn lock --json",
      "firn input list",
      "firn build web --root machine",
      "firn input remove debian",
      "firn lock",
      web("{}"),
      "firn lock",
    ],
  },
  {
    name: "update-with-security-fixes",
    steps: [
      ...begin,
      web("{ nginx: {} }"),
      { host: "db", packages: "{ zsh: {} }" },
      "firn lock",
      "firn outdated",
      { archive: "debian", become: move },
      "firn outdated",
      "firn outdated --json",
      "firn update --dry-run",
      "firn lock",
      "firn update debian",
      "firn update debian --json",
      "firn update",
    ],
  },
  {
    name: "several-sources",
    steps: [
      ...begin,
      next,
      { inputs: ["debian: { {debian}, suites: [stable] }", "next: { {next}, suites: [stable], onRequest: true }"] },
      web("{ nginx: {}, zsh: {} }"),
      "firn lock",
      web('{ nginx: {}, zsh: { source: "next" } }'),
      "firn lock",
      web('{ nginx: {}, jq: { source: "nxt" } }'),
      "firn lock",
      web("{ jq: {} }"),
      "firn lock",
    ],
  },
  {
    name: "hold-exclude-downgrade",
    steps: [
      {
        archive: "debian",
        become: (archive) => {
          start(archive);
          archive
            .add({ name: "nginx", version: "1.20-1", depends: "libc6", ...nginx, isBesides: true })
            .add({ name: "app", version: "1", depends: "mta-a | mta-b" })
            .add({ name: "mta-a", version: "1" }, { name: "mta-b", version: "1" })
            .publish({ date: date.first });
        },
      },
      debian,
      web("{ nginx: {}, app: {} }"),
      "firn lock",
      web('{ nginx: { version: "1.20-1" }, app: {} }', '{ packages: { exclude: ["mta-a"] } }'),
      "firn lock",
      { archive: "debian", become: move },
      "firn update",
      web("{ nginx: {}, app: {} }"),
      "firn lock",
      web('{ nginx: { version: "1.21-1" } }'),
      "firn lock",
    ],
  },
  {
    name: "add-a-source",
    steps: [
      { archive: "debian", become: start },
      web("{ nginx: {} }"),
      "firn lock",
      "firn build web --root machine",
      "firn input add debian --apt {debian.address} --suite stable",
      "firn input add debian --apt {debian.address} --suite sid --key {debian.key} --keyring keys/debian.gpg",
      "cat flake.yaml",
      "firn input add debian --apt {debian.address} --suite stable --key {debian.key} --keyring keys/debian.gpg",
      "cat flake.yaml",
      "firn build web --root machine",
      "firn lock",
      "firn input list --json",
    ],
  },
  {
    name: "sources-that-lie",
    steps: [
      { archive: "debian", become: start },
      {
        inputs: [
          "debian:",
          "  apt: {debian.address}",
          "  suites: [stable]",
          "  keys: [{debian.key}]",
          "  keyring: keys/debian.gpg",
        ],
      },
      web("{ nginx: {} }"),
      { archive: "debian", become: tamper },
      "firn lock",
      { archive: "debian", become: start },
      {
        archive: "debian",
        become: (archive) => archive.publish({ date: date.second, validUntil: "2026-11-06T00:00:00Z" }),
      },
      "firn lock",
    ],
  },
  {
    name: "packages-that-conflict",
    steps: [
      {
        archive: "debian",
        become: (archive) =>
          archive
            .add({ name: "exim", version: "4.96-1", provides: "mail-agent", conflicts: "mail-agent" })
            .add({ name: "postfix", version: "3.7-1", provides: "mail-agent", conflicts: "mail-agent" })
            .publish({ date: date.first }),
      },
      { inputs: ["debian: { {debian}, suites: [stable] }"] },
      web("{ exim: {}, postfix: {} }"),
      "firn lock",
      web("{ exim: {} }"),
      "firn lock",
    ],
  },
  {
    name: "package-mistakes",
    steps: [
      ...begin,
      web("{ ngnix: {}, zsh: {} }"),
      "firn lock",
      "firn lock",
      web("{ nginx: {} }"),
      "firn lock",
      {
        archive: "debian",
        become: (archive) =>
          archive
            .publish({ date: "2026-10-01T00:00:00Z" })
            .publish({ suite: "stable-security", date: "2026-10-01T00:00:00Z" }),
      },
      "firn update",
      { inputs: ["debian: { {debian}, suites: [stable, sid] }"] },
      "firn lock",
      { inputs: ["debian: { {debian}, suite: stable }"] },
      "firn lock",
    ],
  },
  {
    name: "packages-without-their-manager",
    steps: [
      ...begin,
      web("{ zsh: {} }"),
      "firn lock",
      "firn why web zsh-common",
      "firn plan web --root machine",
      "firn switch web --root machine",
      // Nobody listens there.
      "firn cache push web localhost:1/firn/web --root machine",
      "firn cache",
    ],
  },
];
