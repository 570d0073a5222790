import { explainedStr } from "@modules/explained-types";
import { option, types } from "firn";

const mode = types.nullOr(
  explainedStr({
    description: "permissions",
    check: (text) => (/^[0-7]{4}$/.test(text) ? undefined : 'Permissions are four octal digits, such as "0755"'),
  }),
);

const hash = types.nullOr(
  explainedStr({
    description: "sha256 of a file",
    check: (text) => (/^[0-9a-f]{64}$/.test(text) ? undefined : "A hash has 64 hexadecimal digits, in small letters"),
  }),
);

const maybeText = (description: string, example?: string) =>
  option({
    type: types.nullOr(types.nonEmptyStr),
    default: null,
    description,
    ...(example !== undefined && { example }),
  });

const texts = (description: string, example?: readonly string[]) =>
  option({ type: types.listOf(types.nonEmptyStr), default: [], description, ...(example && { example }) });

const source = types.submodule({
  options: {
    address: maybeText("Address of a file that is fetched", "https://tool.example/tool-1.7.tar.gz"),
    mirrors: texts("Other addresses of the same, tried first"),
    sha256: option({ type: hash, default: null, description: "Hash of the file as it arrives" }),
    unpack: option({ type: types.bool, default: false, description: "Whether the file is an archive to unpack" }),
    strip: option({
      type: types.int,
      default: 0,
      description: "How many parts are taken off the paths of an archive, often 1",
    }),
    text: option({ type: types.nullOr(types.lines), default: null, description: "Text of the file" }),
    path: maybeText("File or folder of the flake, from its root", "./tools/greet"),
    mode: option({ type: mode, default: null, description: "Permissions of the file, in octal" }),
  },
});

const installed = types.coercedTo(
  types.nonEmptyStr,
  (from) => ({ from }),
  types.submodule({
    options: {
      from: maybeText("File or folder of those in which it is built", "greet"),
      link: maybeText("Where a symbolic link leads", "greet"),
      mode: option({ type: mode, default: null, description: "Permissions, in octal" }),
    },
  }),
);

const build = types.submodule({
  options: {
    script: option({
      type: types.lines,
      example: "make\nmake install DESTDIR=$out PREFIX=/usr",
      description:
        "Shell script that runs in a sandbox without network, in the folder of the sources; what it puts below $out is the package",
    }),
    tools: texts("Packages that are in the sandbox, with what they need", ["gcc", "make"]),
    environment: option({ type: types.attrsOf(types.str), default: {}, description: "Variables of the script" }),
  },
});

/** A package that a flake makes itself. */
export const ownPackage = types.submodule({
  options: {
    enable: option({ type: types.bool, default: true, description: "Whether it is there to be asked for" }),
    version: option({
      type: types.nonEmptyStr,
      example: "1.7",
      description: "Version; what tells one recipe from another is added to it",
    }),
    summary: option({
      type: types.nonEmptyStr,
      default: "A package of this flake",
      description: "What it is, in a line",
    }),
    architecture: maybeText("Architecture; null: all, or that of the host where a script builds it", "amd64"),
    depends: texts("Packages that it needs", ["libc6 (>= 2.36)"]),
    provides: texts("Packages in whose place it can be"),
    conflicts: texts("Packages that cannot be there with it"),
    replaces: texts("Packages whose files it may replace"),
    sources: option({
      type: types.attrsOf(source, { placeholder: "path" }),
      default: {},
      example: { tool: { address: "https://tool.example/tool", sha256: "0".repeat(64) } },
      description: 'What it is made from, by path in the folder in which it is built; "." fills that folder',
    }),
    build: option({
      type: types.nullOr(build),
      default: null,
      description: "Script that builds it; null: nothing is run",
    }),
    install: option({
      type: types.attrsOf(installed, { placeholder: "path" }),
      default: {},
      example: { "usr/bin/tool": "tool" },
      description: "What is put at paths below the root of the machine",
    }),
  },
});
