import type { Journey, Publication, Step } from "./journey.ts";

const flake: Step = { write: { "flake.yaml": "name: acme\ninputs: {}\n" } };

/** A flake that asks for the repository "core" with what is given. */
function asks(rest: string): Step {
  return { write: { "flake.yaml": `name: acme\ninputs:\n  core:\n    git: {core}\n    ${rest}\n` } };
}

/** A version of the repository "core" in which nothing but one file is another. */
function release(version: string, message: string): Publication {
  return {
    publish: "core",
    files: { "flake.yaml": "name: core\n", "version.txt": `${version}\n` },
    tag: `v${version}`,
    message,
  };
}

const first = release("1.0.0", "Begin");
const second = release("1.1.0", "Listen on other addresses");

/** Two repositories of which the flake takes the first version each. */
const twoInputs: readonly Step[] = [
  first,
  { ...first, publish: "edge" },
  flake,
  "git init --quiet",
  "firn input add core {core} --semver ^1.0",
  "firn input add edge {edge} --semver ^1.0",
];

/** A branch "other" that moves one input, seen from "main", where another is about to be moved. */
const twoBranches: readonly Step[] = [
  ...twoInputs,
  "firn init",
  "git add --all",
  "git commit --quiet --message Begin",
  "git checkout --quiet -b other",
];

/** What people do with inputs when all goes well. */
export const inputStories: readonly Journey[] = [
  {
    name: "add-and-update",
    steps: [
      first,
      flake,
      "firn input add core {core} --semver ^1.0",
      "cat flake.yaml",
      "cat lockfile.json",
      "firn lock",
      second,
      { publish: "core", message: "Mend a word" },
      release("1.2.0", "Speak of the weather"),
      "firn outdated",
      "firn update --dry-run",
      "firn lock",
      "firn update",
      "firn update",
      "firn outdated",
      "firn verify",
    ],
  },
  {
    name: "update-as-data",
    steps: [
      first,
      asks("semver: ^1.0"),
      "firn lock --json",
      second,
      "firn outdated --json",
      "firn update --dry-run --json",
      "firn update --json",
      "firn update --json",
      "firn lock --json",
      "firn outdated --json",
      "firn input list --json",
    ],
  },
  {
    name: "update-to-the-same-files",
    steps: [
      first,
      asks("semver: ^1.0"),
      "firn lock",
      { publish: "core", tag: "v1.0.1", message: "Release again" },
      "firn update",
    ],
  },
  {
    name: "update-of-a-branch",
    steps: [first, asks("ref: main"), "firn lock", second, "firn outdated", "firn update core", "firn outdated"],
  },
  {
    name: "override-and-downgrade",
    steps: [
      first,
      second,
      asks("semver: ^1.0"),
      "firn lock",
      "firn update --override core=1.0.0",
      "firn lock",
      "firn update",
      "firn update --override core=2.0.0",
      "firn update --override core",
    ],
  },
  {
    name: "update-one-of-two",
    steps: [...twoInputs, second, { ...second, publish: "edge" }, "firn update edge", "firn outdated"],
  },
  {
    name: "update-and-commit",
    steps: [
      ...twoInputs,
      "git add flake.yaml lockfile.json",
      "git commit --quiet --message Begin",
      { write: { "notes.txt": "Not to be committed\n" } },
      "git add notes.txt",
      second,
      "firn update --commit",
      "git log -1 --format=%B --name-only",
      "git status --short notes.txt",
      "firn update --commit",
      "git log --format=%s",
    ],
  },
  {
    name: "lock-in-continuous-integration",
    steps: [
      first,
      asks("semver: ^1.0"),
      "CI=true firn lock",
      "CI=true firn lock --no-frozen",
      "CI=true firn lock",
      asks("ref: main"),
      "CI=false firn lock",
    ],
  },
  {
    name: "range-is-narrowed",
    steps: [first, second, asks("semver: ^1.0"), "firn lock", asks("semver: 1.0.x"), "firn lock --frozen", "firn lock"],
  },
  {
    name: "add-remove-list",
    steps: [
      first,
      { ...first, publish: "lab" },
      flake,
      {
        write: {
          "shared/flake.yaml": "name: shared\ninputs:\n  log: { path: ./log, flake: false }\n",
          "shared/log/a.txt": "a\n",
        },
      },
      "firn input list",
      "firn input add core {core} --semver ^1.0",
      "firn input add lab {lab} --ref main --dev --no-flake",
      "firn input add shared ./shared",
      "firn input add same --follows core",
      "cat flake.yaml",
      "firn input list",
      "firn input remove same",
      "firn input remove lab",
      "cat flake.yaml",
      "firn input list",
    ],
  },
  {
    name: "init-twice",
    isEmpty: true,
    steps: [
      "firn init",
      "git init --quiet",
      "firn init",
      "git add --all",
      "git commit --quiet --message Begin",
      "firn init",
      "git status --short",
      "firn lock",
    ],
  },
  {
    name: "init-completes-a-flake",
    isEmpty: true,
    steps: [
      { write: { "flake.yaml": "name: mine\n", ".gitignore": "/node_modules/\nmine.txt" } },
      "git init --quiet",
      "firn init",
      "cat flake.yaml",
      "cat .gitignore",
    ],
  },
  {
    name: "merge-of-two-inputs",
    steps: [
      ...twoBranches,
      { ...second, publish: "edge" },
      "firn update edge",
      "git commit --quiet --all --message Edge",
      "git checkout --quiet main",
      second,
      "firn update core",
      "git commit --quiet --all --message Core",
      "git merge --quiet --message Merge other",
      "firn lock --frozen",
      "firn input list",
    ],
  },
  {
    name: "merge-of-what-is-no-lock",
    steps: [
      ...twoBranches,
      { write: { "lockfile.json": "no lock\n" } },
      "git commit --quiet --all --message Mistake",
      "git checkout --quiet main",
      second,
      "firn update core",
      "git commit --quiet --all --message Newer",
      "git merge --quiet --message Merge other",
      "firn lock",
      "git checkout --ours lockfile.json",
      "firn lock",
    ],
  },
  {
    name: "merge-of-one-input",
    steps: [
      ...twoBranches,
      second,
      "firn update core",
      "git commit --quiet --all --message Newer",
      "git checkout --quiet main",
      release("1.2.0", "Speak of the weather"),
      "firn update core",
      "git commit --quiet --all --message Newest",
      "git merge --quiet --message Merge other",
      "git diff --name-only --diff-filter=U",
      "firn check",
      "firn lock --frozen",
      "firn lock",
      "firn input list",
      "firn lock",
    ],
  },
];
