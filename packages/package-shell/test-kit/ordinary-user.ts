import { spawn } from "node:child_process";

/** What a program said, and how it ended. */
export interface Ended {
  readonly status: number;
  /** Both streams. */
  readonly text: string;
}

/** Who runs it, and with what. */
export interface UserOptions {
  /** Where this is root. @default 12345, which no machine knows */
  readonly user?: number;
  /** Variables, besides those that every user has. */
  readonly environment?: Readonly<Record<string, string>>;
  /** @default "/" */
  readonly cwd?: string;
}

/** Runs a program as somebody who is not root, without input. */
export function runAsUser(command: readonly string[], options: UserOptions = {}): Promise<Ended> {
  const { cwd = "/", user = 12345 } = options;
  const change = ["/usr/bin/setpriv", `--reuid=${user}`, `--regid=${user}`, "--clear-groups"];
  // A language that no tree has, and not every machine.
  const environment = { PATH: "/usr/bin:/bin", HOME: "/tmp", LANG: "de_DE.UTF-8", ...options.environment };
  return runProgram([...(process.getuid?.() === 0 ? change : []), ...command], { cwd, environment });
}

/** Runs a program as this user, without input, and with these variables alone. */
export function runProgram(command: readonly string[], options: Omit<UserOptions, "user"> = {}): Promise<Ended> {
  const { cwd = "/", environment = {} } = options;
  const [program = "", ...args] = command;
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env: environment, stdio: ["ignore", "pipe", "pipe"] });
    const pieces: Buffer[] = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => pieces.push(piece));
    child.once("error", reject);
    child.once("close", (status) => resolve({ status: status ?? -1, text: Buffer.concat(pieces).toString() }));
  });
}
