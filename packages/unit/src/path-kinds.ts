import { specified, takes, type ValueCheck, type ValueKinds, wordsOf } from "./value-check.ts";

function isAbsolute(path: string): boolean {
  return path.startsWith("/");
}

function hasUp(path: string): boolean {
  return /(?:^|\/)\.\.(?:\/|$)/.test(path);
}

function isPlain(path: string): boolean {
  return isAbsolute(path) && !hasUp(path);
}

const path = takes('an absolute path without ".."', isPlain);

/** Checks a path after the prefixes that the kind has. */
function after(prefix: RegExp, check: ValueCheck = path): ValueCheck {
  return specified((value) => check(value.replace(prefix, "")));
}

const bind = takes('absolute paths SOURCE[:TARGET[:rbind or :norbind]], without ".."', (word) => {
  const [source = "", target, options = "", more] = word.replace(/^-/, "").split(":");
  return isPlain(source) && (target === undefined || isPlain(target)) && /^(?:|r?bind|norbind)$/.test(options) && !more;
});

/** Below the folder that systemd makes them in, where "private" is its own. */
function isDirectory(word: string): boolean {
  return word !== "" && !isAbsolute(word) && !/(?:^|\/)\.\.?(?:\/|$)/.test(word) && !/^private(?:\/|$)/.test(word);
}

const directory = takes(
  'relative paths without "..", other than "private"',
  (word) => !word.includes(":") && isDirectory(word),
);

const linkedDirectory = takes('relative paths DIRECTORY[:LINK] without "..", other than "private"', (word) =>
  word.split(":").every(isDirectory),
);

/** Kinds of values that name files. */
export const pathKinds: ValueKinds = {
  path: ([separator]) =>
    separator === undefined
      ? specified(path)
      : specified((value) =>
          value
            .split(separator)
            .map(path)
            .find((problem) => problem !== undefined),
        ),
  paths: ([prefixes]) => (prefixes === undefined ? wordsOf(path) : wordsOf((word) => path(word.replace(/^-?\+?/, "")))),
  condition: ([prefix]) => after(prefix === "-" ? /^-/ : /^\|?!?/),
  home: () =>
    after(
      /^-/,
      takes('an absolute path without "..", or "~"', (value) => value === "~" || isPlain(value)),
    ),
  mounts: () => wordsOf((word) => path(word.split(":")[0] ?? "")),
  binds: () => wordsOf(bind),
  relative: () => specified(takes('a path without ".."', (value) => !hasUp(value))),
  directories: ([separator]) => wordsOf(separator === undefined ? directory : linkedDirectory),
};
