import { capturePlace, type Diagnostic, type Located, type Place } from "@firn/diagnostic";
import { openSources } from "@firn/loader";
import { defineModule, evaluate, option, types } from "firn";
import { describe, expect, test } from "vitest";
import { createFlake, createFolder, type Files, writeAll } from "../test/temporary-flake.ts";

/** Files with one `^` under what should be pointed at; the marks are taken out, with the line they stand on. */
function takeCarets(files: Files): { files: Files; expected: string[] } {
  const expected: string[] = [];
  const clean = Object.entries(files).map(([file, text]) => {
    const lines: string[] = [];
    for (const line of text.split("\n")) {
      const caret = /^\s*\^(\d?)$/.exec(line);
      if (caret === null) lines.push(line);
      else expected[Number(caret[1])] = `${file}:${lines.length}:${line.indexOf("^") + 1}`;
    }
    return [file, lines.join("\n")];
  });
  return { files: Object.fromEntries(clean), expected };
}

function show({ file, line, column }: Located, root: string): string {
  return `${file.replace(`${root}/`, "")}:${line}:${column}`;
}

/** Evaluates the host "web" of some files; gives where its problems are and where the carets stand. */
async function locateProblems(
  withCarets: Files,
): Promise<{ found: string[]; expected: string[]; diagnostics: readonly Diagnostic[] }> {
  const { files, expected } = takeCarets(withCarets);
  const flake = await createFlake(files);
  const loaded = await flake.load();
  const modules = loaded.hosts.flatMap(({ module }) => module ?? []);
  const loading = loaded.hosts.flatMap(({ diagnostics }) => diagnostics);
  const diagnostics = [...loading, ...(modules.length > 0 ? evaluate({ modules, name: "web" }).diagnostics : [])];
  const sources = await loaded.openSources();
  const located = diagnostics.flatMap(({ marks }) => marks.flatMap(({ place }) => sources.locate(place) ?? []));
  expect(located.filter(({ exact }) => !exact)).toEqual([]);
  return { found: located.map((at) => show(at, flake.root)), expected, diagnostics };
}

const host = `import { defineModule } from "firn";
import a from "@modules/a";

export default defineModule({ imports: [a] });
`;

describe("Sources of a bundle", () => {
  test("locate a definition two packages away, and the declaration it does not fit", async () => {
    const { found, expected } = await locateProblems({
      "hosts/web/src/index.ts": host,
      "modules/a/src/index.ts": `import { defineModule } from "firn";
import b from "@modules/b";

interface Unused {
  readonly gone: string;
}

/** A comment that the bundle does not have. */
export default defineModule({
  name: "a",
  imports: [b],
  config(_given, define) {
    const unused: Unused = { gone: "é" };
    if (unused.gone !== "") {
      define({
        services: { nginx: { port: "eighty" as never } },
                             ^0
      });
    }
  },
});
`,
      "modules/b/src/index.ts": `import { defineModule, option, types } from "firn";

export default defineModule({
  name: "b",
  options: {
    services: { nginx: {
      port: option({ type: types.port }),
      ^1
    } },
  },
});
`,
    });
    expect(found).toEqual(expected);
  });

  test("locate a call after code that is erased or rewritten, in UTF-16 columns", async () => {
    const { found, expected } = await locateProblems({
      "hosts/web/src/index.ts": `import { later } from "@modules/a";

later("x");
`,
      "modules/a/src/index.ts": 'export * from "./later.ts";\n',
      "modules/a/src/later.ts": `type Erased = { a: string };
enum Kept { A = 1 }

export const later = (name: string): unknown => {
  const value: Erased = { a: name }; // 日本語 and 𝒳
  const x = "日本語 𝒳"; return [Kept.A, x, (value as any).fail()];
                                                        ^0
};
`,
    });
    expect(found).toEqual(expected);
  });

  test("locate a read, behind the frames of the engine", async () => {
    const { found, expected, diagnostics } = await locateProblems({
      "hosts/web/src/index.ts": `import { defineModule, option, types } from "firn";
export default defineModule({
  options: { port: option({ type: types.port, default: 80 }) },
  config({ config }, define) {
    define({ port: readPort(config as never) });
  },
});

function readPort(config: { prot: number }): number {
  return config.prot;
                ^0
}
`,
    });
    expect(diagnostics.map(({ code }) => code)).toEqual(["unknown-read"]);
    expect(found).toEqual(expected);
  });

  test("locate what hosts share, in whichever chunk joinChunks put it", async () => {
    const fail = 'export function fail(): never {\n  throw new Error("x");\n}\n';
    const flake = await createFlake({
      "hosts/web/src/index.ts": 'import { fail } from "@modules/a";\n\nexport default fail();\n',
      "hosts/db/src/index.ts": '// Another host.\nimport { fail } from "@modules/a";\n\n\nexport default fail();\n',
      "modules/a/src/index.ts": fail,
    });
    for (const round of ["built", "stored"]) {
      const loaded = await flake.load("web", "db");
      expect(loaded.fromCache).toBe(round === "stored");
      const sources = await loaded.openSources();
      const stacks = loaded.hosts.map(({ diagnostics }) => diagnostics[0]?.marks[0]?.place.capture?.stack ?? "");
      const frames = stacks.map((stack) => stack.split("\n").filter((line) => line.includes("firn:bundle")));
      const positions = frames.map((lines) =>
        lines.flatMap((line) => {
          const at = sources.locate({ capture: { stack: `Error\n${line}` } });
          return at === undefined ? [] : `${show(at, flake.root)} ${at.lineText}`;
        }),
      );
      expect(positions.map((lines) => lines[0])).toEqual(
        Array(2).fill('modules/a/src/index.ts:2:9   throw new Error("x");'),
      );
      expect(positions.map((lines) => lines[1])).toEqual([
        "hosts/web/src/index.ts:3:16 export default fail();",
        "hosts/db/src/index.ts:5:16 export default fail();",
      ]);
    }
  });

  test("locate nothing for a stack that never was in it", async () => {
    const flake = await createFlake({
      "hosts/web/src/index.ts": 'import { defineModule } from "firn";\nexport default defineModule({});\n',
    });
    const sources = await (await flake.load()).openSources();
    expect(sources.locate({ capture: new Error("here") })).toBeUndefined();
    expect(sources.locate({ label: "generated" })).toBeUndefined();
  });

  test("take a known position as it is, with its line, also when the file is gone", async () => {
    const folder = createFolder();
    writeAll(folder, { "a.yaml": "a: 1\r\nb: 2\r\n" });
    const sources = await openSources();
    const locate = (file: string): Located | undefined => sources.locate({ position: { file, line: 2, column: 4 } });
    expect(locate(`${folder}/a.yaml`)).toEqual({
      file: `${folder}/a.yaml`,
      line: 2,
      column: 4,
      lineText: "b: 2",
      exact: true,
    });
    expect(locate(`${folder}/b.yaml`)).toEqual({ file: `${folder}/b.yaml`, line: 2, column: 4, exact: true });
  });
});

describe("Sources without a bundle", () => {
  test("locate the caller in a test", async () => {
    const sources = await openSources();
    const mark = (): Place => ({ capture: capturePlace(mark) });
    const at = sources.locate(mark());
    expect(at).toMatchObject({
      file: import.meta.filename,
      lineText: "    const at = sources.locate(mark());",
      exact: true,
    });
    expect(at?.lineText?.slice((at?.column ?? 0) - 1)).toBe("mark());");
  });

  test("pass over the frames of the engine, and find properties", async () => {
    const sources = await openSources();
    const module = defineModule({
      options: { port: option({ type: types.port }), name: option({ type: types.str }) },
      config({ config }, define) {
        define({ port: "eighty" as never });
        define({ name: (config as never as { nmae: string }).nmae });
      },
    });
    const { diagnostics } = evaluate({ modules: [module], name: "test" });
    const lines = diagnostics.map(({ code, marks: [mark] }) => {
      const at = mark && sources.locate(mark.place);
      return `${code} ${at?.file === import.meta.filename} ${at?.lineText?.slice(at.column - 1)}`;
    });
    expect(lines.toSorted()).toEqual(['type-mismatch true port: "eighty" as never });', "unknown-read true nmae });"]);
  });
});
