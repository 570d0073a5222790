import type { CheckText } from "./field-problem.ts";

/** Says what is wrong with the address of an archive: http, https, or file with an absolute path. */
export const checkAddress: CheckText = (text) => {
  const character = /[\p{Cc}\s"\\]/u.exec(text);
  if (character !== null) return { problem: `it has ${JSON.stringify(character[0])}` };
  const scheme = /^(?<scheme>[A-Za-z][\w+.-]*):\/\//.exec(text)?.groups?.["scheme"];
  if (scheme === undefined) return { problem: "it is no address", fix: "apt: https://deb.debian.org/debian" };
  if (!["http", "https", "file"].includes(scheme))
    return { problem: `it starts with "${scheme}:"`, why: "An archive is at an address of http, https or file" };
  if (!URL.canParse(text)) return { problem: "it is no address", fix: "apt: https://deb.debian.org/debian" };
  const { hash, hostname, password, pathname, search, username } = new URL(text);
  if (password !== "" || username !== "") {
    return {
      problem: "it has a name or password",
      why: "A flake.yaml is for everybody to read; passwords are in ~/.netrc or /etc/apt/auth.conf.d",
    };
  }
  if (hash !== "" || search !== "") return { problem: 'it has "?" or "#", behind which no path can follow' };
  if (scheme === "file" && hostname !== "") return { problem: "it names a machine", fix: "apt: file:///srv/archive" };
  return scheme === "file" && /^\/*$/.test(pathname) ? { problem: "it names no folder" } : undefined;
};

/** Says what is wrong with a suite, which is a folder below `dists`. */
export const checkSuite: CheckText = (text) => {
  if (text.endsWith("/")) {
    return {
      problem: 'it ends with "/"',
      why: "An archive without dists and components, of which a suite ends so, is not supported",
      fix: `suites: [${text.replace(/\/+$/, "")}]`,
    };
  }
  return isPath(text) ? undefined : { problem: "it is not the name of a suite" };
};

/** Says what is wrong with a component or an architecture. */
export const checkWord: CheckText = (text) => (isPath(text) ? undefined : { problem: "it is not a name" });

/** Tells whether a text is names with slashes between them, none of which leads elsewhere. */
function isPath(text: string): boolean {
  return text.split("/").every((part) => /^[\w~+-][\w.~+-]*$/.test(part));
}

/** Says what is wrong with a fingerprint, which may have spaces between its digits. */
export const checkKey: CheckText = (text) => {
  const digits = text.replaceAll(" ", "");
  if (/^(?:[0-9A-Fa-f]{40}|[0-9A-Fa-f]{64})$/.test(digits)) return undefined;
  const isShort = /^(?:0x)?[0-9A-Fa-f]{8,16}$/.test(digits);
  return {
    problem: isShort ? "it is the short id of a key, which others can have too" : "it is not the fingerprint of a key",
    why: "A fingerprint is 40 or 64 hexadecimal digits; gpg --show-keys prints those of a keyring",
  };
};

/** Says what is wrong with the path of a keyring, which is one in the flake. */
export const checkKeyring: CheckText = (text) => {
  if (text.startsWith("/")) return { problem: "it is absolute", why: "A keyring is a file in the flake" };
  const character = /[\p{Cc}\\]/u.exec(text);
  if (character !== null) return { problem: `it has ${JSON.stringify(character[0])}` };
  const names = text.replace(/^\.\//, "").split("/");
  return names.some((name) => ["", ".", ".."].includes(name))
    ? { problem: "it is not the path of a file in the flake" }
    : undefined;
};

/** Says what is wrong with a moment, which is a day and a time in UTC. */
export const checkMoment: CheckText = (text) => {
  const isWritten = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text);
  const time = isWritten ? new Date(text) : undefined;
  // A day that no month has is the first of the next one for the machine.
  if (time !== undefined && !Number.isNaN(time.getTime()) && time.toISOString() === text.replace("Z", ".000Z")) {
    return undefined;
  }
  return {
    problem: "it is not a moment",
    why: "A moment is a day and a time in UTC",
    fix: "snapshot: 2026-11-01T00:00:00Z",
  };
};

/** Says what is wrong with the name of a repository in an OCI registry. */
export const checkRegistry: CheckText = (text) =>
  /^(?:[a-z0-9][a-z0-9.-]*|\[[0-9a-f:]+\])(?::\d+)?(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)+$/.test(text)
    ? undefined
    : {
        problem: "it names no repository of a registry",
        why: "It is written as the host, a slash and the repository, in small letters",
        fix: "caches: [registry.example:5000/firn]",
      };
