import { DiagnosticError } from "@firn/diagnostic";
import type { Manifest } from "@firn/manifest";
import type { Store } from "@firn/store";
import { type CommandCall, exitStatus } from "../command.ts";
import { counted } from "../counted.ts";
import { buildHost } from "../machine/build-host.ts";
import { openMachine } from "../machine/open-machine.ts";
import { openFlake } from "../open-flake.ts";
import { renderSize } from "../render-size.ts";

/** Pushes the packages of a host to an OCI registry, or pulls them. */
export async function run({ flags, positionals, terminal }: CommandCall): Promise<number> {
  const [verb, host = "", registry = ""] = positionals;
  if ((verb !== "push" && verb !== "pull") || registry === "") throw badUse();
  const { store } = openMachine(flags, terminal);
  const from = verb === "pull" ? { registry } : {};
  const built = await buildHost({ flake: openFlake(terminal), host, store, ...from }, terminal);
  if (built === undefined) return exitStatus.problem;
  const { fetched, manifest } = built;
  const moved =
    verb === "push" ? await push(manifest, { host, registry, store }) : { moved: fetched.fetched, ...fetched };
  const total = Object.keys(manifest.packages?.set ?? {}).length;
  if (flags.json) terminal.print(JSON.stringify({ host, registry, moved: moved.moved, bytes: moved.bytes, total }));
  else
    terminal.print(
      `${verb === "push" ? "Pushed" : "Pulled"} ${moved.moved} of ${counted(total, "package")}, ${renderSize(moved.bytes)}`,
    );
  return exitStatus.done;
}

async function push(
  { packages }: Manifest,
  { host, registry, store }: { readonly host: string; readonly registry: string; readonly store: Store },
): Promise<{ readonly moved: number; readonly bytes: number }> {
  const { pushContents } = await import("@firn/registry");
  const contents = Object.values(packages?.set ?? {}).map(({ content, file, size }) => ({
    sha256: content,
    size,
    name: file,
    file: store.findContent(content) ?? "",
    mediaType: "application/vnd.debian.binary-package",
  }));
  const description = new TextEncoder().encode(`${JSON.stringify({ host, packages })}\n`);
  const { bytes, sent } = await pushContents({ registry, tag: host, contents, description });
  return { moved: sent, bytes };
}

function badUse(): DiagnosticError {
  return new DiagnosticError([
    {
      code: "bad-usage",
      severity: "error",
      message: "Cannot tell what to push or pull",
      marks: [],
      fix: "firn cache push HOST REGISTRY, for example: firn cache push web registry.example:5000/firn/web",
    },
  ]);
}
