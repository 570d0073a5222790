import { explainedStr, nameChecked } from "@modules/explained-types";
import { mkEnableOption, option, types } from "firn";

/** Says what is wrong with a word of nginx's configuration. */
function checkWord(text: string): string | undefined {
  if (text === "") return "It is empty";
  return /[\s;{}"'\\]/.test(text)
    ? "nginx takes no spaces, quotes, backslashes, braces and semicolons here"
    : undefined;
}

/** Says what is wrong with the name of a site: a name, one with a star, or "~" and a pattern. */
export function checkSiteName(name: string): string | undefined {
  if (name.includes("/")) return 'A site is named by host alone, without "http://" and without a path';
  if (/:\d+$/.test(name)) return "The port is an option of its own";
  return checkWord(name);
}

/** Says what is wrong with the head of a location: a path, after a modifier such as "=" or "~" where one is meant. */
function checkLocation(head: string): string | undefined {
  if (/[;\n\0]|\s\{|^$/.test(head)) return "nginx takes no line breaks and semicolons here, and no brace after a space";
  return /^(?:(?:=|~|~\*|\^~)\s*\S+|\/\S*|@\w+)$/.test(head)
    ? undefined
    : 'A location starts with "/", "@", or one of = ~ ~* ^~';
}

const word = (description: string, check = checkWord) => explainedStr({ description, check });

/** A path that may have spaces, and variables of nginx. */
const folder = explainedStr({
  description: "absolute path",
  check(text) {
    if (!text.startsWith("/")) return 'An absolute path starts with "/"';
    return /[\n"\\\0]/.test(text) ? "nginx takes no quotes, backslashes and line breaks in a path" : undefined;
  },
});

const proxyTarget = explainedStr({
  description: "address to pass requests to",
  check: (text) =>
    /^https?:\/\/[^\s;{}"'\\]+$/.test(text)
      ? undefined
      : 'It starts with "http://" or "https://", such as "http://127.0.0.1:3000"',
});

/** What is answered below a path. */
const location = types.submodule({
  options: {
    root: option({ type: types.nullOr(folder), default: null, description: "Folder that is served" }),
    proxyPass: option({
      type: types.nullOr(proxyTarget),
      default: null,
      example: "http://127.0.0.1:3000",
      description: "Server that requests are passed to",
    }),
    tryFiles: option({
      type: types.listOf(word("path that is tried")),
      default: [],
      example: ["$uri", "=404"],
      description: "Paths that are tried in this order; the last one is the answer where none is there",
    }),
    extraConfig: option({ type: types.lines, default: "", description: "Further directives" }),
  },
});

/** A site. */
export const site = types.submodule({
  options: {
    root: option({ type: types.nullOr(folder), default: null, description: "Folder that is served" }),
    port: option({ type: types.port, default: 80, description: "TCP port it listens on" }),
    aliases: option({
      type: types.listOf(word("name of a site", checkSiteName)),
      default: [],
      description: "Further names",
    }),
    isDefault: mkEnableOption("the site for requests that name none"),
    index: option({
      type: types.listOf(word("name of a file")),
      default: ["index.html"],
      description: "Files that are served for a folder, the first that is there",
    }),
    locations: option({
      type: types.attrsOf(nameChecked(location, { kind: "a location", check: checkLocation }), { placeholder: "path" }),
      default: {},
      example: { "/api/": { proxyPass: "http://127.0.0.1:3000" } },
      description: "What is answered below a path, by that path",
    }),
    extraConfig: option({ type: types.lines, default: "", description: "Further directives" }),
  },
});
