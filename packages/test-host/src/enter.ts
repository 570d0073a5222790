import type { CommandResult } from "./run-program.ts";
import { runProgram } from "./run-program.ts";

/** How a command is run on a host. */
export interface RunOptions {
  /** What it reads; nothing by default. */
  readonly input?: string | Uint8Array;
  /**
   * Name of the user who runs it, with the groups and the home that the user has there.
   *
   * @default "root"
   */
  readonly user?: string;
  /** Variables besides HOME, USER, LANG and PATH. */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Absolute path of the folder in which it runs.
   *
   * @default the home of the user
   */
  readonly directory?: string;
  /**
   * Milliseconds after which it is killed, with all that it started and did not detach; its status is 137 then.
   *
   * @default 60000
   */
  readonly timeout?: number;
}

/** Runs a command in all name spaces of the machine whose first process is given. */
export function runInside(
  leader: number,
  command: readonly string[],
  options: RunOptions = {},
): Promise<CommandResult> {
  const { input, user = "root", environment = {}, directory, timeout = 60_000 } = options;
  const variables = Object.entries(environment).map(([name, value]) => `${name}=${value}`);
  const limited = ["timeout", "--signal=KILL", `${timeout / 1000}`, ...command];
  const inside =
    user === "root"
      ? ["env", `--chdir=${directory ?? "/root"}`, "HOME=/root", "USER=root", ...variables, ...limited]
      : ["sh", "-c", asUser, "sh", user, directory ?? "", "env", ...variables, ...limited];
  return runProgram([...enter(leader), "--", "env", "-i", ...plainEnvironment, ...inside], { input });
}

/** Becomes a user without logging in: no session is opened, but one that lingers is found. */
const asUser = `
user=$1; directory=$2; shift 2
entry=$(getent passwd "$user") || { echo "there is no user \\"$user\\" here" >&2; exit 1; }
IFS=: read -r _ _ uid gid _ home _ <<END
$entry
END
export HOME="$home" USER="$user" LOGNAME="$user"
if test -d "/run/user/$uid"; then export XDG_RUNTIME_DIR="/run/user/$uid"; fi
cd "\${directory:-$home}"
exec setpriv --reuid "$uid" --regid "$gid" --init-groups "$@"
`;

const plainEnvironment = ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8"];

function enter(leader: number): string[] {
  const spaces = ["--mount", "--uts", "--ipc", "--net", "--pid", "--cgroup", "--root", "--wd"];
  return ["nsenter", "--target", `${leader}`, ...spaces];
}
