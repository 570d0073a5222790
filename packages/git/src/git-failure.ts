import type { Diagnostic } from "@firn/diagnostic";
import { type GitCommandError, type StopReason } from "./run-git.ts";
import { showSaid, showUrl } from "./shown-text.ts";

/** A kind of failure: how it shows in what git says, what it means, and what helps. */
interface FailureKind {
  readonly code: Diagnostic["code"];
  readonly pattern: RegExp;
  readonly reason: string;
  readonly fix?: string;
}

/** The first that fits counts: later ones also show in what git says in the end about anything. */
const kinds: readonly FailureKind[] = [
  { code: "fetch-failed", pattern: /ENOENT/, reason: "The program git is not there", fix: "Install git 2.36 or later" },
  {
    code: "fetch-failed",
    pattern: /cannot run ssh|'remote-https?' is not a git command/i,
    reason: "git lacks the program for this transport",
    fix: "Install ssh for ssh:// addresses, or a git that is built with https",
  },
  {
    code: "forbidden-source",
    pattern: /transport '.*' not allowed|Protocol ".*" (?:not supported|disabled)|protocol '.*' is not supported/i,
    reason: "The address leads over a transport that is not allowed",
    fix: "Look for url.*.insteadOf in your configuration of git: git config --global --get-regexp '^url'",
  },
  {
    code: "fetch-failed",
    pattern: /blocked|strange (?:hostname|pathname)/i,
    reason: "git refuses the address",
  },
  {
    code: "input-too-large",
    pattern: /attempting to allocate|out of memory/i,
    reason: "An object of the repository needs more memory than an honest one does",
  },
  {
    code: "bad-input-tree",
    pattern:
      /fsck error|^error: object [0-9a-f]+: \w+|object corrupt or missing|sha1 collision|did not send all necessary|in tree entry|too-short tree|mode in tree/im,
    reason: "The repository holds objects that git's check refuses",
  },
  {
    code: "fetch-failed",
    pattern: /no space left|read-only file system|disk quota/i,
    reason: "The cache cannot be written",
    fix: "Make room where the cache is",
  },
  {
    code: "fetch-failed",
    pattern: /host key verification failed|remote host identification has changed/i,
    reason: "The key of the host is not the one that is known, or none is known",
    fix: "Compare the key with what its owner publishes, then connect once by hand: ssh -T git@host",
  },
  {
    code: "fetch-failed",
    pattern:
      /could not resolve host|name or service not known|temporary failure in name resolution|no address associated/i,
    reason: "The host is not known",
    fix: "Check the address, and that this machine is online",
  },
  {
    code: "fetch-failed",
    pattern: /connection refused|couldn't connect to server|failed to connect|no route to host|network is unreachable/i,
    reason: "The host does not accept the connection",
    fix: "Try again, or name another address under mirrors",
  },
  {
    code: "fetch-failed",
    pattern: /ssl|tls|certificate|gnutls/i,
    reason: "The encrypted connection cannot be trusted",
    fix: "Check the certificate of the host, or name your own authority: export GIT_SSL_CAINFO=/path/to/ca.pem",
  },
  {
    code: "fetch-failed",
    pattern:
      /authentication failed|could not read (?:username|password)|permission denied \(|terminal prompts disabled|error: 40[13]|access denied/i,
    reason: "The server does not let us in",
    fix: "Give git a credential helper for https (git config --global credential.helper), or load a key for ssh (ssh-add)",
  },
  {
    code: "missing-commit",
    pattern: /not our ref|unadvertised object|couldn't find remote ref|remote error: .*not found.*[0-9a-f]{40}/i,
    reason: "The server does not have the commit, or does not let it be fetched by its id",
    fix: "Name another address under mirrors, or update the input",
  },
  {
    code: "fetch-failed",
    pattern: /dubious ownership|unsafe repository/i,
    reason: "The folder of the repository belongs to another user",
    fix: "If you trust it: git config --global --add safe.directory FOLDER",
  },
  {
    code: "fetch-failed",
    pattern:
      /not found|does not appear to be a git repository|is this a git repository|does not exist|no such file|error: 404|access rights/i,
    reason: "The repository is not there, or only for others",
    fix: "Check the address, and that you may read the repository",
  },
  {
    code: "fetch-failed",
    pattern: /timed out|timeout|too slow|less than \d+ bytes/i,
    reason: "The server did not answer in time",
    fix: "Try again, or name another address under mirrors",
  },
  {
    code: "fetch-failed",
    pattern: /connection reset|early eof|hung up|unexpected disconnect|rpc failed|connection closed|broken pipe/i,
    reason: "The connection broke off",
    fix: "Try again, or name another address under mirrors",
  },
  {
    code: "fetch-failed",
    pattern:
      /bad line length|protocol error|expected flush|expected 'packfile'|bad object at offset|pack is corrupted|pack signature mismatch|(?:index-pack|unpack-objects) failed|invalid index-pack/i,
    reason: "The answer of the server is not one of git's, or was changed on its way",
    fix: "Try again, or name another address under mirrors",
  },
];

const stops: Readonly<Record<StopReason, Pick<FailureKind, "code" | "reason" | "fix">>> = {
  idle: {
    code: "fetch-failed",
    reason: "The server said nothing for too long",
    fix: "Try again, or name another address under mirrors",
  },
  total: {
    code: "fetch-failed",
    reason: "The server took too long altogether",
    fix: "Try again, or name another address under mirrors",
  },
  talkative: {
    code: "input-too-large",
    reason: "The server said more than any honest one does",
    fix: "Ask the owner of the server, or name another address under mirrors",
  },
  "download-too-large": {
    code: "input-too-large",
    reason: "The download is larger than an input may be",
    fix: "Name a smaller repository, or ask its maintainers for one",
  },
};

/**
 * Says in terms of inputs why git could not reach a repository.
 *
 * @param task the end of "Cannot …": `fetch "https://git.example/core"`
 */
export function describeFailure({ said, stopped }: GitCommandError, task: string): Diagnostic {
  // What the server says of itself is shown, yet decides nothing.
  const own = said.split(/[\r\n]+/).filter((line) => !line.startsWith("remote:"));
  const kind = stopped === undefined ? kinds.find(({ pattern }) => pattern.test(own.join("\n"))) : stops[stopped];
  const shown = showSaid(said);
  return {
    code: kind?.code ?? "fetch-failed",
    severity: "error",
    message: `Cannot ${task}`,
    marks: [],
    why: [kind?.reason ?? "git failed", ...shown.map((line) => `git: ${line}`)],
    ...(kind?.fix !== undefined && { fix: kind.fix }),
  };
}

/** Makes a problem of an input; `task` is the end of "Cannot …". */
export function inputProblem(
  code: Diagnostic["code"],
  task: string,
  { why, fix }: { readonly why: readonly string[]; readonly fix?: string },
): Diagnostic {
  return { code, severity: "error", message: `Cannot ${task}`, marks: [], why, ...(fix !== undefined && { fix }) };
}

/** Names a folder of a repository for messages. */
export function showInput(url: string, dir: string): string {
  return dir === "" ? `"${showUrl(url)}"` : `"${dir}" of "${showUrl(url)}"`;
}
