import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LanguageServer, type Position } from "./language-server.ts";

const folder = join(import.meta.dirname, "fixtures");
let server: LanguageServer;
let files = 0;

beforeAll(async () => {
  server = await LanguageServer.start(folder);
}, 60_000);
afterAll(() => server.stop());

/** A file beside the fixtures that exists in the editor only. */
const newPath = (): string => join(folder, `unsaved-${++files}.ts`);

const heading = `import { defineModule, lazy, mkForce, mkIf, mkMerge, option, types } from "firn";\nimport { nginx } from "./world.ts";\n`;

/** A host around the body of its config function. */
const host = (body: string): string => `${heading}
export default defineModule({
  imports: [nginx],
  args: { domain: types.str },
  config({ config, options, args }, define) {
    ${body}
  },
});
`;

/** A module that declares an instance, around the body of the instance's config function. */
const instance = (body: string): string => `${heading}
export default defineModule({
  imports: [nginx],
  options: {
    users: option({
      type: types.attrsOf(
        types.submodule({
          args: { shells: types.listOf(types.str) },
          options: { home: option({ type: types.path }), group: { id: option({ type: types.int }) } },
          config({ config, args, name }, define) {
            ${body}
          },
        }),
      ),
    }),
  },
});
`;

function positionIn(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

/** Names offered at the "|" of a text, in the order of the alphabet. */
async function namesAt(text: string): Promise<string[]> {
  const [before = "", after = ""] = text.split("|");
  const path = newPath();
  server.open(path, before + after);
  const offered = await server.complete(path, positionIn(text, before.length));
  return offered.map(({ label }) => label.replace(/\?$/, "")).toSorted();
}

const nginxOptions = ["chain", "enable", "fallback", "level", "port", "sites"];
const siteOptions = ["limits", "places", "port", "root"];

describe("an editor offers, for definitions,", () => {
  test.each([
    ["the first level", "define({ | });", ["_module", "networking", "services"]],
    ["the second level", "define({ services: { | } });", ["nginx"]],
    ["options", "define({ services: { nginx: { | } } });", nginxOptions],
    [
      "what is not defined yet",
      "define({ services: { nginx: { enable: true, port: 1, | } } });",
      nginxOptions.slice(0, 1).concat(["fallback", "level", "sites"]),
    ],
    ["options beside others", "define({ networking: { firewall: { | }, hostName: '' } });", ["enable", "ports"]],
    ["options in mkIf around all", "define(mkIf(true, { services: { nginx: { | } } }));", nginxOptions],
    ["options in mkIf around a level", "define({ services: mkIf(true, { nginx: { | } }) });", nginxOptions],
    ["options right in mkIf", "define({ services: { nginx: mkIf(true, { | }) } });", nginxOptions],
    ["options in an element of mkMerge", "define(mkMerge([{}, { services: { nginx: { | } } }]));", nginxOptions],
    ["options right in an element of mkMerge", "define({ services: { nginx: mkMerge([{ | }]) } });", nginxOptions],
    ["options in mkForce", "define({ services: { nginx: mkForce({ | }) } });", nginxOptions],
    [
      "options in several wrappers",
      "define(mkIf(true, mkMerge([mkForce({ services: { nginx: { | } } })])));",
      nginxOptions,
    ],
    ["options in lazy", "define({ services: { nginx: lazy(() => ({ | })) } });", nginxOptions],
    [
      "options below a level of an instance",
      "define({ services: { nginx: { sites: { main: { limits: { | } } } } } });",
      ["open"],
    ],
    ["arguments", "define({ _module: { args: { | } } });", ["domain"]],
  ])("%s", async (_title, body, names) => expect(await namesAt(host(body))).toEqual(names));

  test.each([
    ["of a set", "define({ services: { nginx: { sites: { main: { | } } } } });", siteOptions],
    [
      "of a set, in wrappers",
      "define({ services: { nginx: { sites: mkIf(true, { main: mkForce({ | }) }) } } });",
      siteOptions,
    ],
    ["of a list", "define({ services: { nginx: { chain: [{ root: '/' }, { | }] } } });", siteOptions.slice(0, 4)],
    ["of a list, in a wrapper", "define({ services: { nginx: { chain: [mkIf(true, { | })] } } });", siteOptions],
    ["that may be null", "define({ services: { nginx: { fallback: { | } } } });", siteOptions],
    ["in one another", "define({ services: { nginx: { sites: { main: { places: [{ | }] } } } } });", ["path", "proxy"]],
  ])("options of an instance %s", async (_title, body, names) => {
    expect(await namesAt(host(body))).toEqual(expect.arrayContaining(names));
  });

  test.each([
    ["", 'define({ services: { nginx: { level: "|" } } });'],
    [" in a wrapper", 'define({ services: { nginx: { level: mkForce("|") } } });'],
    [" in wrappers around it", 'define(mkIf(true, { services: mkForce({ nginx: { level: "|" } }) }));'],
  ])("the values of an enum%s", async (_title, body) => expect(await namesAt(host(body))).toEqual(["debug", "info"]));
});

describe("an editor offers, for reading,", () => {
  test.each([
    ["the first level", "config.|", ["_module", "networking", "services"]],
    ["the second level", "config.services.|", ["nginx"]],
    ["options", "config.services.nginx.|", nginxOptions],
    ["options of an instance", "config.services.nginx.sites['main']?.|", siteOptions],
    ["arguments", "args.|", ["domain"]],
    ["what is known of options", "options.services.nginx.|", nginxOptions],
    ["names to take apart", "const { | } = config.services.nginx;", nginxOptions],
    ["the values of an enum", 'if (config.services.nginx.level === "|") return;', ["debug", "info"]],
  ])("%s", async (_title, body, names) => expect(await namesAt(host(body))).toEqual(names));
});

describe("an editor offers, within an instance,", () => {
  test.each([
    ["its own configuration, not the host's", "config.|", ["_module", "group", "home"]],
    ["its own options to define", "define({ | });", ["_module", "group", "home"]],
    ["its own arguments", "args.|", ["shells"]],
  ])("%s", async (_title, body, names) => expect(await namesAt(instance(body))).toEqual(names));

  test("names of types", async () => {
    const text = `${heading}option({ type: types.| });`;
    expect(await namesAt(text)).toEqual(expect.arrayContaining(["attrsOf", "bool", "enum", "port", "submodule"]));
  });
});

describe("an editor shows", () => {
  test("a misspelt option before the file is saved, and no more once it is mended", async () => {
    const path = newPath();
    const wrong = host("define({ services: { nginx: { enabl: true } } });");
    server.open(path, host("define({ services: {} });"));
    expect(await errorsOf(path)).toEqual([]);
    server.change(path, wrong);
    expect(await errorsOf(path)).toEqual([
      {
        start: positionIn(wrong, wrong.indexOf("enabl")),
        message: expect.stringMatching(/^Object literal .* 'enabl' does not exist .* 'Options<"services.nginx">'/),
      },
    ]);
    server.change(path, wrong.replace("enabl:", "enable:"));
    expect(await errorsOf(path)).toEqual([]);
  });

  test("the place of an option where it is read, in a short text", async () => {
    const path = newPath();
    const text = host("config.services.nginx.port;");
    server.open(path, text);
    const level = await server.hover(path, positionIn(text, text.indexOf("nginx.port")));
    expect(level).toContain('Config<"services.nginx">');
    expect(await server.hover(path, positionIn(text, text.indexOf("port;")))).toContain("port: number");
  });

  async function errorsOf(path: string): Promise<{ start: Position; message: string }[]> {
    const problems = await server.diagnose(path);
    return problems
      .filter(({ severity }) => severity === 1)
      .map(({ range, message }) => ({ start: range.start, message }));
  }
});
