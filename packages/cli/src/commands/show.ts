import { DiagnosticError } from "@firn/diagnostic";
import { type PackageKind, readWorkspace, type Workspace } from "@firn/loader";
import { type CommandCall, exitStatus } from "../command.ts";
import { openFlake } from "../open-flake.ts";
import { type Paint, painter } from "../terminal.ts";

/** Lists the hosts and modules of the flake. */
export async function run({ flags, terminal }: CommandCall): Promise<number> {
  const workspace = await readWorkspace(openFlake(terminal));
  if (workspace.diagnostics.length > 0) throw new DiagnosticError(workspace.diagnostics);
  const hosts = namesOf(workspace, "host");
  const modules = namesOf(workspace, "module");
  const { name } = workspace;
  const text = flags.json
    ? JSON.stringify({ name, hosts, modules })
    : renderFlake({ name, hosts, modules }, painter(terminal.color));
  terminal.print(text);
  return exitStatus.done;
}

function namesOf({ packages }: Workspace, kind: PackageKind): string[] {
  return packages.filter((each) => each.kind === kind).map(({ name }) => name);
}

interface Listing {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly modules: readonly string[];
}

function renderFlake({ name, hosts, modules }: Listing, paint: Paint): string {
  return [paint("bold", name), ...section("hosts", hosts), ...section("modules", modules)].join("\n");
}

function section(title: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : ["", `${title}:`, ...names.map((name) => `  ${name}`)];
}
