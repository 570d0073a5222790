import { parseSourceUrl, type SourceUrl } from "@firn/input";

/** Addresses by path, or what is wrong with the file as a sentence. */
export type ParsedSubmodules =
  | { readonly urls: ReadonlyMap<string, string> }
  | { readonly urls?: never; readonly problem: string };

/**
 * Parses .gitmodules, as far as paths and addresses go: nothing else in it has
 * any effect. Whatever is not plain is refused, since git and we might read it
 * differently.
 */
export function parseSubmodules(text: string): ParsedSubmodules {
  const sections: Record<string, string>[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    if (line === "" || line.startsWith("#") || line.startsWith(";")) continue;
    // oxlint-disable-next-line no-control-regex -- A carriage return at the end has been an attack on git.
    if (/[\u0000-\u0008\u000b-\u001f\u007f]/.test(raw))
      return { problem: `.gitmodules:${index + 1} has a control character` };
    if (/^\[submodule "(?:[^"\\]|\\.)*"\]$/.test(line)) {
      sections.push({});
      continue;
    }
    const { key, value } = /^(?<key>\w+)\s*=\s*(?<value>.*)$/.exec(line)?.groups ?? {};
    const plain = parseValue(value ?? "");
    const section = sections.at(-1);
    if (key === undefined || plain === undefined || section === undefined) {
      return { problem: `.gitmodules:${index + 1} is not of the plain form: key = value` };
    }
    section[key.toLowerCase()] = plain;
  }
  return collect(sections);
}

function parseValue(text: string): string | undefined {
  const quoted = /^"(?<inner>(?:[^"\\]|\\["\\])*)"$/.exec(text)?.groups?.["inner"];
  if (quoted !== undefined) return quoted.replaceAll(/\\(?<character>["\\])/g, "$<character>");
  return /["\\#;]/.test(text) ? undefined : text;
}

function collect(sections: readonly Record<string, string>[]): ParsedSubmodules {
  const urls = new Map<string, string>();
  for (const { path, url } of sections) {
    if (path === undefined || url === undefined) return { problem: "A submodule in .gitmodules has no path or no url" };
    if (urls.has(path)) return { problem: `The submodule "${path}" is in .gitmodules twice` };
    urls.set(path, url);
  }
  return { urls };
}

/**
 * Resolves the address of a submodule, relative to that of the repository that
 * has it if it starts with "./" or "../". It may be reached over https, ssh or
 * as that repository is.
 *
 * @returns the address, or why it must not be used as the end of a sentence
 */
export function resolveSubmoduleUrl(url: string, of: SourceUrl): SourceUrl | string {
  const whole = /^\.\.?\//.test(url) ? joinUrl(of.url, url) : url;
  if (whole === undefined) return "it leads above the host";
  const { value, problem } = { problem: "", value: undefined, ...parseSourceUrl(whole) };
  if (value === undefined) return problem;
  const isAllowed = ["https", "ssh", of.transport].includes(value.transport);
  return isAllowed ? value : `it is reached over ${value.transport}, the repository itself over ${of.transport}`;
}

function joinUrl(base: string, relative: string): string | undefined {
  const { root, path } = /^(?<root>\w+:\/\/[^/]*\/|[^/:]+:\/?)(?<path>.*)$/.exec(base)?.groups ?? {};
  if (root === undefined || path === undefined) return undefined;
  const names = path.split("/").filter((name) => name !== "");
  for (const step of relative.split("/").filter((name) => name !== "" && name !== ".")) {
    if (step !== "..") names.push(step);
    else if (names.pop() === undefined) return undefined;
  }
  return `${root}${names.join("/")}`;
}
