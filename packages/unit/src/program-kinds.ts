import { exitStatuses, isSignal } from "./signal-names.ts";
import { isInteger } from "./is-integer.ts";
import { specified, takes, type ValueKinds, wordsOf } from "./value-check.ts";

const variable = /^[A-Za-z_]\w*$/;

/** Without what separates the fields of the account files; numbers are below those that mean "none". */
function isUser(name: string): boolean {
  if (/^\d+$/.test(name)) return !/^0\d/.test(name) && Number(name) < 4_294_967_295 && Number(name) !== 65_535;
  return /^[^/:\p{Cc}]+$/u.test(name) && !/^(?:-\d+|\.\.?|\s.*|.*\s)$/u.test(name);
}

const user = takes("the name of a user or group, or its number", isUser);

function isInput(value: string): boolean {
  return /^(?:fd(?::.+)?|file:\/.*)$/.test(value);
}

/** Kinds of values that say how programs are run and ended. */
export const programKinds: ValueKinds = {
  user: () => specified(user),
  users: () => wordsOf(user),
  credential: ([separator]) =>
    specified(takes(separator === undefined ? "ID or ID:PATH" : "ID:VALUE", (value) => isCredential(value, separator))),
  part: ([without = ""]) => specified(takes(`a name without "${without}"`, (value) => isPart(value, without))),
  bus: () => specified(takes('a name of D-Bus such as "org.example.Name"', isBusName)),
  environment: () =>
    wordsOf(
      takes('assignments such as NAME=value or "NAME=a value"', (word) =>
        variable.test(word.slice(0, Math.max(0, word.indexOf("=")))),
      ),
    ),
  variables: ([sign]) =>
    wordsOf(
      takes("names of environment variables", (word) => variable.test(sign === "=" ? word.replace(/=.*$/s, "") : word)),
    ),
  input: (names) =>
    specified(
      takes(`one of ${names.join(", ")}, or fd:NAME, file:/PATH`, (value) => names.includes(value) || isInput(value)),
    ),
  output: (names) =>
    specified(
      takes(
        `one of ${names.join(", ")}, or fd:NAME, file:/PATH, append:/PATH, truncate:/PATH`,
        (value) => names.includes(value) || isInput(value) || /^(?:append|truncate):\//.test(value),
      ),
    ),
  base64: () =>
    takes("base64", (value) => /^[A-Za-z\d+/\s]*={0,2}$/.test(value) && value.replaceAll(/\s/g, "").length % 4 === 0),
  signal: () => takes('the name of a signal such as "SIGTERM", or its number', isSignal),
  statuses: () =>
    wordsOf(
      takes(
        'exit statuses from 0 to 255, names of them such as "TEMPFAIL", or signals such as "SIGTERM"',
        (word) => exitStatuses.has(word) || isInteger(word, 0, 255) || (isSignal(word) && !/^\d/.test(word)),
      ),
    ),
};

function isCredential(value: string, separator: string | undefined): boolean {
  const [, id = "", rest] = /^([^:]*)(?::(.*))?$/s.exec(value) ?? [];
  if (id === "" || id.includes("/") || /^\.\.?$/.test(id)) return false;
  if (separator !== undefined) return rest !== undefined && rest !== "";
  return rest === undefined || rest === "" || rest.startsWith("/") || !/[:/]/.test(rest);
}

/** A name of a log is one of a file as well, which without a slash is strict about the rest. */
function isPart(value: string, without: string): boolean {
  return !value.includes(without) && (without === ":" ? value.length < 256 : /^[\w.:@-]+$/.test(value));
}

function isBusName(name: string): boolean {
  return name.length < 256 && /^[A-Za-z_-][\w-]*(?:\.[A-Za-z_-][\w-]*)+$/.test(name);
}
