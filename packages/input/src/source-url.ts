/** How git reaches a repository. */
export type Transport = "https" | "ssh" | "git" | "http" | "file";

/** An address that git may be given. */
export interface SourceUrl {
  readonly url: string;
  readonly transport: Transport;
}

/** An address, or what is wrong with it as the end of a sentence: `it has a password`. */
export type ParsedSourceUrl = { readonly value: SourceUrl } | { readonly value?: never; readonly problem: string };

const transports: readonly Transport[] = ["https", "ssh", "git", "http", "file"];

/** `user@host:path`, which is short for ssh. */
const scpForm = /^(?<user>[\w.-]+)@(?<host>[\w.-]+):(?<path>[^/].*|\/.+)$/;

/** The host as an IPv6 address, in which "::" is harmless. */
const bracketedHost = /(?<=^(?:https|ssh|git|http):)\/\/(?:[^/@]*@)?\[[\da-fA-F:.]+\]/;

/**
 * Parses the address of a repository: `https://`, `ssh://`, `git://`,
 * `http://`, `file:///` or `user@host:path`. Everything by which an address has
 * been known to make git run something else is refused.
 */
export function parseSourceUrl(text: string): ParsedSourceUrl {
  const problem = problemOfText(text);
  if (problem !== undefined) return { problem };
  const scp = scpForm.exec(text)?.groups;
  if (scp !== undefined) return checkParts({ host: scp["host"] ?? "", path: scp["path"] ?? "" }, text, "ssh");
  const transport = transports.find((name) => text.startsWith(`${name}://`));
  if (transport === undefined)
    return { problem: `it starts with none of ${transports.map((name) => `${name}://`).join(", ")}` };
  return parseWithScheme(text, transport);
}

function problemOfText(text: string): string | undefined {
  if (/[\s\p{C}]/u.test(text)) return "it has a space or a control character";
  if (text.includes("\\")) return 'it has "\\"';
  if (text.replace(bracketedHost, "//host").includes("::")) return 'it has "::", by which git runs programs of its own';
  if (text.startsWith("-")) return 'it starts with "-", which git would take for an option';
  return /[?#]/.test(text) ? 'it has "?" or "#": what to take of the repository has fields of its own' : undefined;
}

function parseWithScheme(text: string, transport: Transport): ParsedSourceUrl {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) return { problem: "it is not an address" };
  if (url.password !== "") return { problem: "it has a password, which everybody could read in the lock" };
  if (url.username !== "" && transport !== "ssh" && transport !== "https") return { problem: "it names a user" };
  const authority = text.slice(transport.length + "://".length).split("/")[0] ?? "";
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  if (transport === "file" && host !== "") return { problem: "it has a host: write file:/// with three slashes" };
  if (transport !== "file" && host === "") return { problem: "it has no host" };
  if (decode(url.username).startsWith("-")) return { problem: 'its user starts with "-"' };
  return checkParts({ host: decode(host), path: decode(url.pathname) }, text, transport);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function checkParts(
  { host, path }: { host: string; path: string },
  url: string,
  transport: Transport,
): ParsedSourceUrl {
  if (host.startsWith("-")) return { problem: 'its host starts with "-"' };
  if (/^\/?-/.test(path)) return { problem: 'its path starts with "-"' };
  if (path === "" || path === "/") return { problem: "it has no path" };
  return { value: { url, transport } };
}
