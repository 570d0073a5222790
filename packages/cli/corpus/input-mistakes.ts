import type { Journey, Publication, Step } from "./journey.ts";

/** Writes a flake.yaml that has these lines below its inputs. */
function inputs(...lines: readonly string[]): Step {
  return { write: { "flake.yaml": `name: acme\ninputs:\n${lines.map((line) => `  ${line}\n`).join("")}` } };
}

/** Writes a flake.yaml that asks for the repository "core" with what is given. */
function core(...lines: readonly string[]): Step {
  return inputs("core:", "  git: {core}", ...lines.map((line) => `  ${line}`));
}

function publish(files: Publication["files"], tag = "v1.0.0"): Publication {
  return { publish: "core", files: { "flake.yaml": "name: core\n", ...files }, tag };
}

const plain = publish({ "a.txt": "a\n" });
const absent = "4cc75d1b76f8ae6f9d8a0efe8a1cd74958e6c4cd";

function mistake(name: string, ...steps: readonly Step[]): Journey {
  return { name, steps: [...steps] };
}

/** What can be wrong with inputs, what they lead to, and the lock. */
export const inputMistakes: readonly Journey[] = [
  mistake("bad-flake", inputs("core: { git: https://git.example/core, smever: ^1.0 }"), "firn lock"),
  mistake("bad-flake-field", inputs("core:", "  git: https://git.example/core", "  semver: newest"), "firn lock"),
  mistake(
    "bad-flake-of-an-input",
    publish({ "flake.yaml": "name: core\ninputs: []\n" }),
    core("semver: ^1"),
    "firn lock",
  ),
  mistake(
    "no-flake-in-an-input",
    { publish: "core", files: { "a.txt": "a\n" }, tag: "v1.0.0" },
    core("semver: ^1"),
    "firn lock",
    core("semver: ^1", "flake: false"),
    "firn lock",
  ),
  mistake("add-what-is-there", plain, core("semver: ^1"), "firn input add core {core} --ref main"),
  mistake("add-what-nobody-has", inputs("{}"), "firn input add core {core} --semver ^1.0", "cat flake.yaml"),
  mistake(
    "add-badly",
    inputs("{}"),
    "firn input add",
    "firn input add core",
    "firn input remove",
    "firn input delete core",
    "firn input ad core",
    "firn merge-lock lockfile.json",
  ),
  mistake("add-what-cannot-be", inputs("{}"), "firn input add core ext::sh --ref main"),
  mistake(
    "remove-what-another-follows",
    plain,
    inputs("core:", "  git: {core}", "same: { follows: core } # the very one"),
    "firn lock",
    "firn input remove core",
    "firn input add other {core} --follows same",
    "cat flake.yaml",
  ),
  mistake("bad-lock-text", inputs("{}"), { write: { "lockfile.json": '{\n  "lockfileVersion": 1,\n' } }, "firn lock"),
  mistake(
    "bad-lock-version",
    inputs("{}"),
    { write: { "lockfile.json": '{ "lockfileVersion": 9, "inputs": {} }\n' } },
    "firn lock",
  ),
  mistake(
    "bad-lock-pin",
    core("semver: ^1"),
    {
      write: {
        "lockfile.json": `{\n  "lockfileVersion": 1,\n  "inputs": {\n    "core": {\n      "want": { "git": "{core}", "semver": "^1" },\n      "commit": "4cc75d1"\n    }\n  }\n}\n`,
      },
    },
    "firn lock --frozen",
  ),
  mistake("stale-lock", plain, core("semver: ^1"), "firn lock --frozen", "firn verify"),
  mistake("stale-lock-in-an-evaluation", plain, core("semver: ^1"), "firn check"),
  mistake(
    "unknown-input",
    plain,
    core("semver: ^1"),
    "firn lock",
    "firn update cors",
    "firn verify cors",
    "firn input remove cors",
    "firn update --override cors=1.0.0",
    "firn update core/log",
  ),
  mistake("override-of-no-input", plain, core("semver: ^1", "inputs:", "  log: { follows: core }"), "firn lock"),
  mistake("missing-follows", plain, inputs("core:", "  git: {core}", "log: { follows: cor }"), "firn lock"),
  mistake("follows-cycle", inputs("core: { follows: edge }", "edge: { follows: core }"), "firn lock"),
  mistake(
    "input-cycle",
    {
      publish: "core",
      files: {
        "app/flake.yaml": "name: app\ninputs:\n  log: { path: ../log }\n",
        "log/flake.yaml": "name: log\ninputs:\n  app: { path: ../app }\n",
      },
    },
    core("dir: app", "ref: main"),
    "firn lock",
  ),
  mistake(
    "forbidden-source",
    publish({ "flake.yaml": "name: core\ninputs:\n  log: { git: http://git.example/log }\n" }),
    core("semver: ^1"),
    "firn lock",
  ),
  mistake("forbidden-folder", inputs("core: { path: ../core }"), plain, "git init --quiet", "firn lock"),
  mistake("folder-that-is-not-there", inputs("core: { path: ./core }"), "firn lock"),
  mistake("fetch-failed", core("semver: ^1"), "firn lock"),
  mistake("missing-ref", plain, core("ref: mian"), "firn lock"),
  mistake(
    "ambiguous-ref",
    plain,
    { publish: "core", message: "Go on", also: ["branch v1.0.0"] },
    core("ref: v1.0.0"),
    "firn lock",
  ),
  mistake("ambiguous-version", plain, publish({ "b.txt": "b\n" }, "1.0.0"), core("semver: ^1"), "firn lock"),
  mistake("no-version", plain, core("semver: ^2"), "firn lock"),
  mistake("no-version-at-all", { publish: "core" }, core("semver: ^2"), "firn lock"),
  mistake(
    "retracted-version",
    plain,
    publish({ "flake.yaml": "name: core\nretracted: [1.0.0, 1.0.1]\n" }, "v1.0.1"),
    core("semver: ^1"),
    "firn lock",
  ),
  mistake(
    "moved-tag",
    plain,
    core("semver: ^1"),
    "firn lock",
    publish({ "a.txt": "b\n" }),
    "firn lock",
    "firn update",
    "firn verify",
    "firn update core --accept-moved-tag core",
    "firn verify",
  ),
  mistake(
    "tag-that-is-gone",
    plain,
    core("semver: ^1"),
    "firn lock",
    { publish: "core", also: ["tag --delete v1.0.0", "tag v1.0.1"] },
    "firn update",
  ),
  mistake("missing-commit", plain, core(`rev: ${absent}`), "firn lock"),
  mistake("missing-folder", plain, core("semver: ^1", "dir: modules", "tagPrefix: v"), "firn lock"),
  mistake("bad-input-tree", publish({ "modules/users": { link: "/etc/passwd" } }), core("semver: ^1"), "firn lock"),
  mistake(
    "input-too-large",
    publish({ "flake.yaml": `name: core\n# ${"x".repeat(1024 * 1024)}\n` }),
    core("semver: ^1"),
    "firn lock",
  ),
  mistake("flake-too-large", inputs(`# ${"x".repeat(1024 * 1024)}`), "firn lock"),
  mistake(
    "integrity-mismatch",
    plain,
    core("semver: ^1"),
    "firn lock",
    "sed -i s/sha256-.*=/sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=/ lockfile.json",
    "firn verify",
    "firn lock",
    "firn update core",
    "firn verify",
  ),
  mistake(
    "package-clash",
    publish({
      "pnpm-workspace.yaml": "packages:\n  - modules/*\n",
      "modules/web/package.json": '{ "name": "@acme/web" }\n',
    }),
    {
      publish: "edge",
      files: {
        "flake.yaml": "name: edge\n",
        "pnpm-workspace.yaml": "packages:\n  - modules/*\n",
        "modules/web/package.json": '{ "name": "@acme/web" }\n',
      },
      tag: "v1.0.0",
    },
    inputs("core:", "  git: {core}", "  semver: ^1", "edge:", "  git: {edge}", "  semver: ^1"),
    "firn lock",
  ),
];
