import { DiagnosticError } from "@firn/diagnostic";
import { dpkgTarget } from "@firn/dpkg";
import type { ClosureMember } from "@firn/package-manager";
import { type CommandCall, exitStatus } from "../command.ts";
import { counted } from "../counted.ts";
import { buildHost } from "../machine/build-host.ts";
import { fetchPackages, type HostPackages, type PackageFetch } from "../machine/host-packages.ts";
import { openMachine } from "../machine/open-machine.ts";
import { openFlake } from "../open-flake.ts";
import { renderSize } from "../render-size.ts";

/** Pushes the packages of a host to an OCI registry, or pulls them: those of its homes and services, too. */
export async function run({ flags, positionals, terminal }: CommandCall): Promise<number> {
  const [verb, host = "", registry = ""] = positionals;
  if ((verb !== "push" && verb !== "pull") || registry === "") throw badUse();
  const { store } = openMachine(flags, terminal);
  const from = verb === "pull" ? { registry } : {};
  const built = await buildHost({ flake: openFlake(terminal), host, store, ...from }, terminal);
  if (built === undefined) return exitStatus.problem;
  const { fetched, packages } = built;
  const members = packages === undefined ? [] : allMembers(packages);
  const moved =
    verb === "pull" || packages === undefined
      ? { moved: fetched.fetched, bytes: fetched.bytes }
      : await push(members, { flake: packages, fetch: { store, terminal }, host, registry });
  const total = members.length;
  if (flags.json) terminal.print(JSON.stringify({ host, registry, ...moved, total }));
  else
    terminal.print(
      `${verb === "push" ? "Pushed" : "Pulled"} ${moved.moved} of ${counted(total, "package")}, ${renderSize(moved.bytes)}`,
    );
  return exitStatus.done;
}

/** Several closures have the same packages, each of which is one content. */
function allMembers({ locked, trees }: HostPackages): readonly ClosureMember[] {
  const all = [...(locked?.members ?? []), ...[...trees.values()].flatMap(({ members }) => members)];
  return [...new Map(all.map((each) => [each.sha256, each])).values()];
}

interface Push {
  readonly flake: HostPackages;
  readonly fetch: PackageFetch;
  readonly host: string;
  readonly registry: string;
}

async function push(
  members: readonly ClosureMember[],
  { fetch, flake, host, registry }: Push,
): Promise<{ readonly moved: number; readonly bytes: number }> {
  const { pushContents } = await import("@firn/registry");
  // Of packages in trees the store need not have the files any more.
  const { hold } = await fetchPackages(members, flake, fetch);
  try {
    const contents = members.map((member) => ({
      sha256: member.sha256,
      size: member.size,
      name: dpkgTarget.fileNameOf(member),
      file: fetch.store.findContent(member.sha256) ?? "",
      mediaType: "application/vnd.debian.binary-package",
    }));
    const description = new TextEncoder().encode(`${JSON.stringify({ host, packages: members })}\n`);
    const { bytes, sent } = await pushContents({ registry, tag: host, contents, description });
    return { moved: sent, bytes };
  } finally {
    hold.release();
  }
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
