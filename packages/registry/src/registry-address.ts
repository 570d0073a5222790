import { DiagnosticError } from "@firn/diagnostic";
import { isLoopback } from "@firn/download";

/** A repository of a registry. */
export interface Registry {
  /** As it was written: `registry.example:5000/firn/web`. */
  readonly name: string;
  /** Host, with the port if one was written. */
  readonly host: string;
  /** Address of the repository, with a slash at its end. */
  readonly url: URL;
}

/** @see https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#pulling-manifests */
const form =
  /^(?<host>(?:[a-z0-9][a-z0-9.-]*|\[[0-9a-f:]+\])(?::\d+)?)\/(?<repository>[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*)$/;
const tagForm = /^\w[\w.-]{0,127}$/;

/** Reads `host:port/repository`; http is spoken with this machine, https with all others. @throws DiagnosticError "bad-usage" */
export function parseRegistry(name: string): Registry {
  const { host = "", repository = "" } = form.exec(name)?.groups ?? {};
  const address = `//${host}/v2/${repository}/`;
  if (host === "" || !URL.canParse(`https:${address}`))
    throw badName(
      `use "${name}" as a registry`,
      "Write the host, a slash and the repository: registry.example:5000/firn/web",
    );
  const isNear = isLoopback(new URL(`https:${address}`).hostname);
  return { name, host, url: new URL(`${isNear ? "http" : "https"}:${address}`) };
}

/** Refuses what is no tag. @throws DiagnosticError "bad-usage" */
export function assertTag(tag: string): void {
  if (!tagForm.test(tag)) throw badName(`use "${tag}" as a tag`, "Write letters, digits, dots, dashes and underscores");
}

function badName(task: string, fix: string): DiagnosticError {
  return new DiagnosticError([{ code: "bad-usage", severity: "error", message: `Cannot ${task}`, marks: [], fix }]);
}

/** Gives the address of a content in a registry by its sha256, for fetching. @throws DiagnosticError "bad-usage" */
export function addressesIn(registry: string): (sha256: string) => string {
  const { url } = parseRegistry(registry);
  return (sha256) => `${url.href}blobs/sha256:${sha256}`;
}
