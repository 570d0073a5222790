import { TestArchive } from "@firn/apt/testing";
import { join } from "node:path";
import { inWorld, type World } from "./world.ts";

/** A story of hosts with packages, whose archives move on meanwhile. */
export interface PackageJourney {
  /** Name of the golden text. */
  readonly name: string;
  readonly steps: readonly PackageStep[];
}

/**
 * A command in the folder of the flake, whose words are parted by spaces; what
 * a host asks for; the inputs of flake.yaml; or what an archive has from now on.
 */
export type PackageStep =
  | string
  | { readonly host: string; readonly packages: string; readonly more?: string }
  | { readonly inputs: readonly string[]; readonly shells?: readonly string[] }
  | { readonly archive: string; readonly become: (archive: TestArchive) => unknown };

/** Goes through a journey and tells what was typed and said. */
export function runPackageJourney({ steps }: PackageJourney): string {
  return inWorld((world) => {
    const archives = new Map<string, TestArchive>();
    world.write(world.flake, {
      "pnpm-workspace.yaml": "packages:\n  - hosts/*\n",
      "flake.yaml": "name: acme\n",
      "machine/etc/passwd": "root:x:0:0:root:/root:/bin/sh\n",
      "machine/etc/group": "root:x:0:\n",
    });
    return steps.flatMap((step) => takeStep(step, world, archives)).join("\n");
  });
}

function takeStep(step: PackageStep, world: World, archives: Map<string, TestArchive>): string[] {
  if (typeof step === "string") return [tell(step, world, archives)];
  if ("host" in step) world.write(world.flake, hostFiles({ ...step, more: fillIn(step.more ?? "", archives) }));
  else if ("inputs" in step) {
    const [inputs, shells] = [step.inputs, step.shells ?? []].map((lines) =>
      lines.map((line) => `  ${fillIn(line, archives)}\n`).join(""),
    );
    const text = `name: acme\ninputs:\n${inputs}${step.shells === undefined ? "" : `shells:\n${shells}`}`;
    world.write(world.flake, { "flake.yaml": text });
  } else {
    const archive = archives.get(step.archive) ?? new TestArchive(world.repository(step.archive), step.archive);
    archives.set(step.archive, archive);
    step.become(archive);
    world.run(["mkdir", "-p", "keys"], world.flake);
    world.run(["cp", archive.keyring, join("keys", `${step.archive}.gpg`)], world.flake);
  }
  return [];
}

/** Puts addresses, keys and keyrings of archives where a text has their names in braces: `{debian}`, `{debian.key}`. */
function fillIn(text: string, archives: ReadonlyMap<string, TestArchive>): string {
  return [...archives].reduce((known, [name, { folder, key }]) => {
    const fields = `apt: "file://${folder}", keys: [${key.fingerprint}], keyring: keys/${name}.gpg`;
    const parts = known.replaceAll(`{${name}}`, fields).replaceAll(`{${name}.key}`, key.fingerprint);
    return parts.replaceAll(`{${name}.address}`, `file://${folder}`);
  }, text);
}

function hostFiles({ host, more = "", packages }: Extract<PackageStep, { host: string }>): Record<string, string> {
  const name = (type: string): string => `option({ type: types.nullOr(types.${type}), default: null })`;
  return {
    [`hosts/${host}/package.json`]: JSON.stringify({
      name: `@hosts/${host}`,
      type: "module",
      exports: { ".": "./src/index.ts" },
    }),
    [`hosts/${host}/src/options.ts`]: [
      'import { defineModule, option, types } from "firn";',
      "",
      `const choice = { source: ${name("str")}, version: ${name("str")} };`,
      "",
      "export default defineModule({",
      "  options: {",
      "    environment: { packages: option({ type: types.attrsOf(types.submodule({ options: choice })), default: {} }) },",
      "    packages: {",
      "      choose: option({ type: types.attrsOf(types.submodule({ options: choice })), default: {} }),",
      "      exclude: option({ type: types.listOf(types.str), default: [] }),",
      "      own: option({ type: types.attrsOf(types.anything), default: {} }),",
      "    },",
      "  },",
      "});",
      "",
    ].join("\n"),
    [`hosts/${host}/src/index.ts`]: [
      'import { defineModule } from "firn";',
      'import options from "./options.ts";',
      "",
      "export default defineModule({",
      "  imports: [options],",
      "  config(_, define) {",
      `    define({ environment: { packages: ${packages} } });`,
      ...(more === "" ? [] : [`    define(${more});`]),
      "  },",
      "});",
      "",
    ].join("\n"),
  };
}

/** Sizes of files are those that the tools of the machine make. */
function tell(line: string, world: World, archives: ReadonlyMap<string, TestArchive>): string {
  const { status, text } = world.run(fillIn(line, archives).split(" "), world.flake);
  const keys = [...archives].map(([name, { key }]) => [key.fingerprint, `KEY-OF-${name}`] as const);
  const named = keys.reduce((known, [key, name]) => known.replaceAll(key, name), text);
  const plain = named
    .replaceAll(/\b\d+(?:\.\d+)? (?:bytes|KiB)\b/g, "SIZE")
    .replaceAll(/"size":( ?)\d+/g, '"size":$1"SIZE"')
    .replaceAll(/\b[0-9a-f]{64}\b/g, "HASH")
    .replaceAll(/\b[0-9a-f]{32}-web\b/g, "GENERATION-web");
  return world.hide(`$ ${line}\n${plain}${status === 0 ? "" : `exit ${status}\n`}`);
}
