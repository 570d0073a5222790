import { isInputName, isObjectId, parseSourceUrl, problemOfRefName } from "@firn/input";
import { parse, validRange } from "semver";

/** What is wrong with a value, as the end of a sentence, and what to do. */
export interface FieldProblem {
  readonly problem: string;
  readonly why?: string;
  readonly fix?: string;
}

/** Says what is wrong with the text of a field; undefined when nothing is. */
export type CheckText = (text: string) => FieldProblem | undefined;

const checkGit: CheckText = (text) => {
  const { problem } = { problem: undefined, ...parseSourceUrl(text) };
  if (problem === undefined) return undefined;
  const short = /^(?<host>github|gitlab):(?<path>[\w.-]+\/[\w.-]+)$/.exec(text)?.groups;
  const fix = short && `git: https://${short["host"]}.com/${short["path"]}`;
  return { problem, ...(fix !== undefined && { fix }) };
};

const checkPath: CheckText = (text) => {
  if (text.startsWith("/")) {
    return {
      problem: "it is absolute",
      why: 'A path is relative to the folder of flake.yaml: it starts with "./" or "../"',
    };
  }
  if (!/^\.\.?(?:\/|$)/.test(text)) return { problem: 'it starts with neither "./" nor "../"', fix: `path: ./${text}` };
  if (/^[./]*$/.test(text) && !text.includes("..")) return { problem: "it is the flake itself", fix: 'follows: ""' };
  return checkFolder(text);
};

const checkFolder: CheckText = (text) => {
  const character = /[\p{Cc}\\]/u.exec(text);
  return character === null ? undefined : { problem: `it has ${JSON.stringify(character[0])}` };
};

const checkDir: CheckText = (text) => {
  if (text === "") return { problem: "it is empty" };
  if (text.startsWith("/"))
    return { problem: "it is absolute", why: "A folder is given from the root of the repository" };
  if (text.split("/").includes(".."))
    return { problem: 'it has ".."', why: "An input is a folder inside its repository" };
  return checkFolder(text);
};

const checkRange: CheckText = (text) => {
  if (text.trim() === "") return { problem: "it is empty", fix: 'semver: "*"' };
  return validRange(text) === null
    ? { problem: "it is not a range of versions", why: "Ranges are written as for npm: ^1.2, ~1.2.3, >=1 <3, 1.x" }
    : undefined;
};

const checkRef: CheckText = (text) => {
  const problem = problemOfRefName(text);
  return problem === undefined ? undefined : { problem };
};

const checkRevision: CheckText = (text) => {
  if (isObjectId(text)) return undefined;
  const isUpperCase = isObjectId(text.toLowerCase());
  return {
    problem: "it is not the whole id of a commit",
    why: "The id of a commit is 40 or 64 hexadecimal digits, in small letters",
    ...(isUpperCase && { fix: `rev: ${text.toLowerCase()}` }),
  };
};

/** What stands before a version has to make the name of a tag with it. */
const checkTagPrefix: CheckText = (text) => checkRef(`${text}1.0.0`);

const checkFollows: CheckText = (text) => {
  if (text === "" || text.split("/").every(isInputName)) return undefined;
  return {
    problem: "it is not the path of an input",
    why: 'The path of an input is names with "/" between them, such as core/log, or "" for the flake itself',
  };
};

/** What each field that is a text may be. */
export const textChecks: Readonly<
  Record<"git" | "path" | "semver" | "ref" | "rev" | "dir" | "tagPrefix" | "follows", CheckText>
> = {
  git: checkGit,
  path: checkPath,
  semver: checkRange,
  ref: checkRef,
  rev: checkRevision,
  dir: checkDir,
  tagPrefix: checkTagPrefix,
  follows: checkFollows,
};

/** Says what is wrong with a version, which is three numbers and what may follow them, without "v". */
export const checkVersion: CheckText = (text) =>
  /^\d/.test(text) && parse(text) !== null
    ? undefined
    : { problem: "it is not a version", why: "A version is three numbers, such as 1.2.3, without v" };

/** Says what is wrong with a text that is shown to people: one that could act on their terminal. */
export const checkShown: CheckText = (text) => {
  const character = /[^\P{Cc}\n]/u.exec(text);
  return character === null ? undefined : { problem: `it has ${JSON.stringify(character[0])}` };
};
