/** Variables by their names. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** A development shell. */
export interface ShellToEnter {
  readonly tree: string;
  /** What it is called: in FIRN_SHELL, and in the prompt. */
  readonly name: string;
  /** Variables of the user who enters it. */
  readonly environment: Variables;
  /** What the shell sets. @default nothing */
  readonly set?: Readonly<Record<string, string>>;
  /** Whether only what describes the user and the terminal is kept of their variables. @default false */
  readonly isPure?: boolean;
}

/** Where the programs of a tree are, as they see themselves. */
export const treeFolders: readonly string[] = ["/usr/bin", "/usr/sbin"];

/** What a program needs to know of its user, whatever it is. */
const kept =
  /^(?:HOME|USER|LOGNAME|TERM|COLORTERM|TZ|DISPLAY|WAYLAND_DISPLAY|SSH_AUTH_SOCK|XDG_RUNTIME_DIR|NO_COLOR|(?:https?|no|all)_proxy|(?:HTTPS?|NO|ALL)_PROXY)$/;

/** These speak of libraries that are at another place in the tree, or not there. */
const misleading = ["LD_LIBRARY_PATH", "LD_PRELOAD", "PYTHONHOME"];

/**
 * Lists the variables of a development shell: PATH leads to the programs of the
 * tree first, then, unless it is pure, to whatever the user has outside /usr.
 */
export function shellEnvironment(shell: ShellToEnter): Record<string, string> {
  const { environment, isPure = false, name, set = {}, tree } = shell;
  const own = Object.entries(environment).filter(([variable]) => {
    return isPure ? kept.test(variable) : !misleading.includes(variable);
  });
  const variables: Record<string, string | undefined> = Object.fromEntries(own);
  for (const [list, first] of [
    ["MANPATH", "/usr/share/man"],
    ["XDG_DATA_DIRS", "/usr/share"],
  ] as const)
    if (variables[list]) variables[list] = joinPaths([first, ...variables[list].split(":")]);
  const described = { FIRN_SHELL: name, FIRN_TREE: tree, PATH: shellPath(isPure ? undefined : environment["PATH"]) };
  // What has no value is not there.
  return JSON.parse(JSON.stringify({ ...variables, ...described, ...set })) as Record<string, string>;
}

/** What was in /usr is that of the tree now, which comes first. */
function shellPath(path = ""): string {
  const rest = path.split(":").filter((folder) => folder !== "" && !/^\/(?:usr\/)?s?bin\/?$/.test(folder));
  return joinPaths([...treeFolders, ...rest]);
}

function joinPaths(paths: readonly string[]): string {
  return [...new Set(paths)].join(":");
}
