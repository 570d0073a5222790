import { execFile } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { promisify } from "node:util";
import type { ActualQuestion, ManagerState, Scope } from "@firn/plan";
import { hostAccessFailure } from "./host-access-failure.ts";
import { readPlainFile } from "./account-texts.ts";
import { parsePasswd } from "./parse-passwd.ts";
import { parseShownUnits, readUnitTexts, showArguments, systemUnitFolders, userUnitFolders } from "./unit-query.ts";

const run = promisify(execFile);

/** Milliseconds after which a manager that does not answer is given up. */
const patience = 30_000;

/** A manager to ask, and how. */
interface Manager {
  readonly user?: string;
  readonly units: readonly string[];
  readonly command: readonly string[];
  readonly folders: readonly string[];
}

/** Whose manager may be there. */
interface ManagerUser {
  readonly name: string;
  readonly uid: number;
  readonly home: string;
}

/**
 * Asks the managers that run for the units of a question, each once, and none
 * that is asked for nothing. Only a whole machine has any; users' are those that
 * we may speak for: root for all, others for themselves.
 *
 * @throws DiagnosticError "host-access-failed" when the manager of the scope itself gives no answer
 */
export async function readManagers(scope: Scope, question: ActualQuestion, passwd: string): Promise<ManagerState[]> {
  if (scope.root !== "/") return [];
  const answers = listManagers(scope, question, passwd).map((manager) => askManager(scope, manager));
  return (await Promise.all(answers)).flatMap((answer) => answer ?? []);
}

function listManagers(scope: Scope, question: ActualQuestion, passwd: string): Manager[] {
  const managers: Manager[] = [];
  if (scope.kind === "system" && existsSync("/run/systemd/system")) {
    managers.push({ units: question.units, command: ["systemctl"], folders: systemUnitFolders });
  }
  const users: readonly ManagerUser[] = scope.user === undefined ? parsePasswd(passwd) : [scope.user];
  for (const [user, units] of listUserUnits(scope, question)) {
    const { uid, home } = users.find(({ name }) => name === user) ?? {};
    if (uid === undefined || home === undefined) continue;
    const command = userCommand(user, uid);
    if (command === undefined || !existsSync(`/run/user/${uid}/systemd/private`)) continue;
    managers.push({ user, units, command, folders: userUnitFolders(home) });
  }
  return managers;
}

/** Lists whose units are asked for, in the order of the question. */
export function listUserUnits(scope: Scope, { userUnits }: ActualQuestion): [user: string, units: readonly string[]][] {
  return Object.entries(userUnits).filter(([user]) => scope.user === undefined || scope.user.name === user);
}

/** Says how to reach the manager of a user; undefined when only the user or root could. */
function userCommand(name: string, uid: number): string[] | undefined {
  const own = process.geteuid?.();
  const command = ["env", `XDG_RUNTIME_DIR=/run/user/${uid}`, "systemctl", "--user"];
  if (own === uid) return command;
  return own === 0 ? ["runuser", "-u", name, "--", ...command] : undefined;
}

/** Gives undefined for the manager of another user that gives no answer: it may be about to end. */
async function askManager(scope: Scope, manager: Manager): Promise<ManagerState | undefined> {
  const { user, units, folders } = manager;
  const of = user === undefined ? {} : { user };
  if (units.length === 0) return { ...of, units: {} };
  const shown = await show(manager);
  if (typeof shown === "string") {
    const read = (path: string): string | undefined => readUnitText(scope.state, path);
    return { ...of, units: parseShownUnits(shown, units, (fragment) => readUnitTexts(fragment, folders, read)) };
  }
  if (user !== undefined && scope.kind === "system") return undefined;
  throw managerFailure(user, shown.said);
}

/** Makes the error for a manager without which nothing can be planned. */
export function managerFailure(user: string | undefined, said: readonly string[]): Error {
  return hostAccessFailure({
    message: `Cannot ask ${user === undefined ? "systemd" : `the service manager of "${user}"`} about its units`,
    why: said,
    fix: user === undefined ? "systemctl status" : "systemctl --user status",
  });
}

async function show({ command, units }: Manager): Promise<string | { readonly said: readonly string[] }> {
  const [program = "systemctl", ...begin] = command;
  const environment = { PATH: "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C" };
  try {
    const { stdout } = await run(program, [...begin, ...showArguments(units)], {
      env: environment,
      timeout: patience,
      maxBuffer: 256 * 1024 * 1024,
    });
    return stdout;
  } catch (thrown) {
    const said = thrown instanceof Error && "stderr" in thrown ? `${String(thrown.stderr)}`.trim() : "";
    return { said: said === "" ? [`The command "${program}" failed or took too long`] : said.split("\n") };
  }
}

/** Reads a unit file, unless it is a link to one of Firn's. */
function readUnitText(state: string, path: string): string | undefined {
  const content = existsSync(path) ? readPlainFile(path) : undefined;
  if (!content || realpathSync(path).startsWith(`${state}/`)) return undefined;
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(content);
}
