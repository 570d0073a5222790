import type { Transport } from "@firn/input";

/** What of the process's environment git is given, and nothing else: no variable of git's own is among them. */
const passedOn = [
  "PATH",
  "HOME",
  "XDG_CONFIG_HOME",
  "SSH_AUTH_SOCK",
  "http_proxy",
  "https_proxy",
  "no_proxy",
  "HTTP_PROXY",
  "HTTPS_PROXY",
  "NO_PROXY",
  "GIT_SSL_CAINFO",
  "SSL_CERT_FILE",
] as const;

/** Names of git's own variables that are set here, for what would refuse them otherwise. */
export const ownVariables: readonly string[] = [
  "GIT_SSL_CAINFO",
  "GIT_DIR",
  "GIT_TERMINAL_PROMPT",
  "GIT_ALLOW_PROTOCOL",
  "GIT_OPTIONAL_LOCKS",
  "GIT_CONFIG_NOSYSTEM",
  "GIT_NO_REPLACE_OBJECTS",
  "GIT_NO_LAZY_FETCH",
  "GIT_ALLOC_LIMIT",
];

/**
 * Makes the environment that git runs in, from nothing. The user's own
 * configuration of git stays in force, for the sake of credentials; what it may
 * redirect addresses to is bounded by GIT_ALLOW_PROTOCOL.
 *
 * @param repository the repository of the cache whose configuration holds
 * @param transport how the address at hand is reached; allowed beside https and ssh
 */
export function gitEnvironment(
  environment: Readonly<Record<string, string | undefined>>,
  { repository, transport }: { readonly repository: string; readonly transport?: Transport },
): Record<string, string> {
  const allowed = new Set<string>(["https", "ssh", ...(transport === undefined ? [] : [transport])]);
  const given = passedOn.flatMap((name) => {
    const value = environment[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(given),
    LC_ALL: "C",
    GIT_DIR: repository,
    GIT_TERMINAL_PROMPT: "0",
    GIT_ALLOW_PROTOCOL: [...allowed].join(":"),
    GIT_OPTIONAL_LOCKS: "0",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_NO_LAZY_FETCH: "1",
    // A delta may claim any size; git allocates what it claims at once. Honest packs hold no delta beyond this one.
    GIT_ALLOC_LIMIT: "512m",
  };
}
