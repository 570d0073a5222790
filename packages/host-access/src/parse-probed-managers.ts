import type { ActualQuestion, ManagerState, Scope } from "@firn/plan";
import { parsePasswd } from "./parse-passwd.ts";
import { listUserUnits, managerFailure } from "./service-managers.ts";
import { parseShownUnits, readUnitTexts, systemUnitFolders, userUnitFolders } from "./unit-query.ts";

/** An answer of the script of `probeScript`, and what it was asked. */
export interface ProbedLines {
  readonly lines: readonly string[];
  readonly scope: Scope;
  readonly question: ActualQuestion;
  readonly passwd: string;
}

/**
 * Reads what the managers of a machine showed, from the lines that begin with m, s, f and x.
 *
 * @throws DiagnosticError "host-access-failed" when the manager of the scope itself gave no answer
 */
export function parseProbedManagers({ lines, scope, question, passwd }: ProbedLines): ManagerState[] {
  const users = listUserUnits(scope, question);
  return splitManagers(lines).flatMap(({ number, answer }) => {
    const [user, units] = number === 0 ? [undefined, question.units] : (users[number - 1] ?? [undefined, []]);
    const of = user === undefined ? {} : { user };
    if (answer.some((line) => line === "x")) {
      if (user !== undefined && scope.kind === "system") return [];
      throw managerFailure(user, linesAfter(answer, "x "));
    }
    const files = new Map(
      linesAfter(answer, "f ").map((line) => {
        const space = line.indexOf(" ");
        return [line.slice(space + 1), Buffer.from(line.slice(0, space), "base64").toString()] as const;
      }),
    );
    const home = scope.user?.home ?? parsePasswd(passwd).find(({ name }) => name === user)?.home ?? "";
    const folders = user === undefined ? systemUnitFolders : userUnitFolders(home);
    const shown = linesAfter(answer, "s ").join("\n");
    const read = (path: string): string | undefined => files.get(path);
    return [{ ...of, units: parseShownUnits(shown, units, (fragment) => readUnitTexts(fragment, folders, read)) }];
  });
}

function splitManagers(lines: readonly string[]): { readonly number: number; readonly answer: string[] }[] {
  const managers: { readonly number: number; readonly answer: string[] }[] = [];
  for (const line of lines) {
    if (line.startsWith("m ")) managers.push({ number: Number(line.slice(2)), answer: [] });
    else managers.at(-1)?.answer.push(line);
  }
  return managers;
}

function linesAfter(lines: readonly string[], prefix: string): string[] {
  return lines.filter((line) => line.startsWith(prefix)).map((line) => line.slice(prefix.length));
}
