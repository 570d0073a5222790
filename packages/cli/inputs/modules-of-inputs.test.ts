import { appendFileSync, lstatSync, readdirSync, realpathSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { flakeFiles, hostFiles, hostSource, moduleFiles, portModule } from "./flake-files.ts";
import { Machine } from "./machine.ts";

let machine: Machine;
beforeEach(() => {
  machine = new Machine();
});
afterEach(() => machine.remove());

const address = (name: string): string => `file://${machine.path(name)}`;
const input = (name: string, more: object = {}): object => ({ git: address(name), semver: "^1.0", ...more });

/** Publishes a flake with one module, whose package is that of Acme and called like the repository. */
function publish(
  name: string,
  source = portModule(name, 80),
  { inputs = {}, version = "1.0.0", more = {} } = {},
): void {
  const files = { ...flakeFiles(name, inputs), ...moduleFiles(`@acme/${name}`, source), ...more };
  machine.commit(name, files, { tag: `v${version}` });
}

/** Writes a flake with a host "shop", and gives it the engine. */
function makeShop(inputs: object, source: string, files: Readonly<Record<string, string>> = {}): void {
  const more = { transports: ["file"] };
  machine.writeAll("shop", { ...flakeFiles("shop", inputs, more), ...hostFiles("shop", source), ...files });
  machine.install("shop");
}

function evaluate(): unknown {
  return JSON.parse(machine.done("shop", "firn", "eval", "shop", "--json"));
}

/** Runs firn, which must fail, and gives what it says of it. */
function failing(...args: readonly string[]): string {
  const { status, out, err } = machine.firn("shop", ...args);
  expect(status, out).toBe(1);
  return err;
}

/** A module that imports one of another package, and sets its port. */
function wrapper(name: string, below: string, port: number): string {
  return `import { ${below} } from "@acme/${below}";
import { defineModule, option, types } from "firn";

export const ${name} = defineModule({
  imports: [${below}],
  options: { ${name}: { title: option({ type: types.str, default: "${name}", description: "What it is called" }) } },
  config(_, define) {
    define({ ${below}: { port: ${port} } });
  },
});
`;
}

describe("an input of an input", () => {
  beforeEach(() => {
    publish("log");
    publish("core", wrapper("core", "log", 514), { inputs: { log: input("log") } });
    makeShop({ core: input("core") }, hostSource({ core: "@acme/core" }, { core: { title: "Mine" } }));
    machine.done("shop", "firn", "lock");
  });

  test("is evaluated", () => {
    expect(evaluate()).toEqual({ core: { title: "Mine" }, log: { port: 514 } });
  });

  test("type-checks with its input", () => {
    expect(machine.run("shop", ["tsc"])).toMatchObject({ status: 0, out: "" });
  });

  test("has its options in firn option, with the place that declares them", () => {
    expect(machine.done("shop", "firn", "option")).toMatch(/core\.title[^]*log\.port/);
    expect(machine.done("shop", "firn", "option", "log.port")).toContain(
      ".firn/inputs/core+log@1.0.0/modules/log/src/index.ts:6:",
    );
  });

  test("is named in firn why, with its version", () => {
    const why = machine.done("shop", "firn", "why", "shop", "log.port");
    expect(why).toMatch(/✔ 514 .* \.firn\/inputs\/core@1\.0\.0\/modules\/core\/src\/index\.ts:8:/);
    expect(why).toMatch(/✘ 80 .* \.firn\/inputs\/core\+log@1\.0\.0\/modules\/log\/src\/index\.ts:6:/);
  });

  test("is not for the host to import, which has not asked for it", () => {
    machine.writeAll("shop", hostFiles("shop", hostSource({ log: "@acme/log" }, {})));
    expect(failing("eval", "shop")).toContain('error[unresolved-import]: Cannot resolve the import "@acme/log"');
    expect(machine.run("shop", ["tsc"]).out).toContain("TS2307");
  });
});

describe("a package of an input", () => {
  test("cannot import what its flake has not asked for, even where the host can", () => {
    publish("log");
    publish("core", wrapper("core", "log", 514));
    makeShop({ core: input("core"), log: input("log") }, hostSource({ core: "@acme/core", log: "@acme/log" }, {}));
    machine.done("shop", "firn", "lock");
    const said = failing("eval", "shop");
    expect(said).toContain('error[unresolved-import]: Cannot resolve the import "@acme/log"');
    expect(said).toContain(".firn/inputs/core@1.0.0/modules/core/src/index.ts:1:");
  });

  test("gets the engine of the flake that imports it, and not the one that it brings", () => {
    const bad = 'throw new Error("this is not the engine");\n';
    const fake = (name: string): Record<string, string> => ({
      [`node_modules/${name}/package.json`]: JSON.stringify({ name, type: "module", exports: "./index.js" }),
      [`node_modules/${name}/index.js`]: bad,
      [`modules/core/node_modules/${name}/package.json`]: JSON.stringify({
        name,
        type: "module",
        exports: "./index.js",
      }),
      [`modules/core/node_modules/${name}/index.js`]: bad,
      [`modules/${name}/package.json`]: JSON.stringify({ name, type: "module", exports: "./index.js" }),
      [`modules/${name}/index.js`]: bad,
    });
    const source = `import { toml } from "@firn/format";
import { checkUnitName } from "@firn/unit";
import { defineModule, option, types } from "firn";
import { z } from "zod";

const format = toml();

export const core = defineModule({
  options: {
    core: {
      name: option({ type: z.string().min(3), default: "abc", description: "Its name" }),
      settings: option({ type: format.type, default: {}, description: "Its settings" }),
      text: option({ type: types.str, default: "", description: "What it makes of them" }),
    },
  },
  config({ config }, define) {
    const problem = checkUnitName(config.core.name + ".service");
    define({ core: { text: format.render(config.core.settings) + (problem ?? "# a unit") } });
  },
});
`;
    const fakes = ["firn", "zod", "@firn/format", "@firn/unit"].map(fake);
    publish("core", source, { more: { ...Object.assign({}, ...fakes), ".gitignore": ".firn\n" } });
    const definitions = { core: { name: "mine", settings: { b: 1, a: true } } };
    makeShop({ core: input("core") }, hostSource({ core: "@acme/core" }, definitions));
    machine.done("shop", "firn", "lock");
    expect(evaluate()).toEqual({
      core: { name: "mine", settings: { a: true, b: 1 }, text: "a = true\nb = 1\n# a unit" },
    });
    expect(machine.run("shop", ["tsc"])).toMatchObject({ status: 0, out: "" });
    const inside = machine.path("shop/.firn/inputs/core@1.0.0/modules/core/node_modules");
    expect(() => lstatSync(inside)).toThrow("ENOENT");
  });

  test("points into its files where it is wrong", () => {
    const broken = 'import { defineModule } from "firn";\n\nexport const core = defineModule({ import: [] });\n';
    publish("core", broken);
    makeShop({ core: input("core") }, hostSource({ core: "@acme/core" }, {}));
    machine.done("shop", "firn", "lock");
    const said = failing("check", "shop");
    expect(said).toContain("error[bad-module]");
    expect(said).toContain("at .firn/inputs/core@1.0.0/modules/core/src/index.ts:3:36");
  });

  test("points into its files where it does not parse", () => {
    publish("core", "export const core = (;\n");
    makeShop({ core: input("core") }, hostSource({ core: "@acme/core" }, {}));
    machine.done("shop", "firn", "lock");
    expect(failing("check", "shop")).toContain("at .firn/inputs/core@1.0.0/modules/core/src/index.ts:1:");
  });
});

describe("a module that is reached by two ways", () => {
  const both = { one: "@acme/one", two: "@acme/two" };
  const expected = { log: { port: 514 }, one: { title: "one" }, two: { title: "two" } };
  beforeEach(() => {
    publish("log");
    publish("one", wrapper("one", "log", 514), { inputs: { log: input("log") } });
    publish("two", wrapper("two", "log", 514), { inputs: { log: input("log") } });
  });

  test("is one where one follows the other", () => {
    const follows = { inputs: { log: { follows: "one/log" } } };
    makeShop({ one: input("one"), two: input("two", follows) }, hostSource(both, {}));
    machine.done("shop", "firn", "lock");
    expect(evaluate()).toEqual(expected);
    expect(laidOut()).toEqual(["one+log@1.0.0", "one@1.0.0", "two@1.0.0"]);
  });

  test("is one where both have the same files", () => {
    makeShop({ one: input("one"), two: input("two") }, hostSource(both, {}));
    machine.done("shop", "firn", "lock");
    expect(evaluate()).toEqual(expected);
    expect(laidOut()).toEqual(["one+log@1.0.0", "one@1.0.0", "two@1.0.0"]);
  });

  test("is one, and of types too, where the host asks for it itself", () => {
    makeShop(
      { log: input("log"), one: input("one"), two: input("two") },
      hostSource({ ...both, log: "@acme/log" }, { one: { title: "one" } }),
    );
    machine.done("shop", "firn", "lock");
    expect(evaluate()).toEqual(expected);
    expect(machine.run("shop", ["tsc"])).toMatchObject({ status: 0, out: "" });
    const [own, inner] = ["hosts/node_modules/@acme/log", ".firn/inputs/one@1.0.0/node_modules/@acme/log"].map((link) =>
      realpathSync(machine.path(`shop/${link}`)),
    );
    expect(inner).toBe(own);
  });
});

function laidOut(): string[] {
  return readdirSync(machine.path("shop/.firn/inputs"))
    .filter((name) => name !== ".laid-out")
    .toSorted();
}

test("two versions of one repository stand side by side", () => {
  publish("log");
  publish("core", wrapper("core", "log", 514), { inputs: { log: input("log") } });
  publish("log", portModule("log", 99, { option: "listen" }), { version: "2.0.0" });
  const inputs = { core: input("core"), log: { git: address("log"), semver: "^2.0" } };
  makeShop(inputs, hostSource({ log: "@acme/log" }, {}), hostFiles("old", hostSource({ core: "@acme/core" }, {})));
  machine.done("shop", "firn", "lock");
  expect(laidOut()).toEqual(["core+log@1.0.0", "core@1.0.0", "log@2.0.0"]);
  expect(evaluate()).toEqual({ log: { listen: 99 } });
  expect(JSON.parse(machine.done("shop", "firn", "eval", "old", "--json"))).toEqual({
    core: { title: "core" },
    log: { port: 514 },
  });
});

describe("firn eval", () => {
  beforeEach(() => {
    publish("core");
    makeShop({ core: input("core") }, hostSource({ core: "@acme/core" }, {}));
    machine.done("shop", "firn", "lock");
    evaluate();
  });

  test("sees a new version after firn update, though it kept the configuration of the old", () => {
    // The second evaluation is answered from what was kept.
    expect(evaluate()).toEqual({ core: { port: 80 } });
    publish("core", portModule("core", 81), { version: "1.1.0" });
    machine.done("shop", "firn", "update");
    expect(evaluate()).toEqual({ core: { port: 81 } });
    machine.done("shop", "firn", "update", "--override", "core=1.0.0");
    expect(evaluate()).toEqual({ core: { port: 80 } });
  });

  test("lays out what is missing, and says what has no lock", () => {
    machine.done("shop", "rm", "-rf", ".firn", "hosts/node_modules");
    expect(evaluate()).toEqual({ core: { port: 80 } });
    machine.write("shop/flake.yaml", machine.read("shop/flake.yaml").replace("^1.0", "^2.0"));
    expect(failing("eval", "shop")).toContain("error[stale-lock]");
    machine.done("shop", "rm", "lockfile.json");
    expect(failing("eval", "shop")).toContain("error[stale-lock]");
  });

  test("takes the folder that flake.local.yaml names, its edits and its end, and the lock does not hear of it", () => {
    const lock = machine.read("shop/lockfile.json");
    machine.done(".", "git", "clone", "--quiet", "core", "work");
    machine.write("shop/flake.local.yaml", "inputs:\n  core: { path: ../work }\n");
    expect(evaluate()).toEqual({ core: { port: 80 } });
    machine.write("work/modules/core/src/index.ts", portModule("core", 82));
    expect(evaluate()).toEqual({ core: { port: 82 } });
    expect(machine.done("shop", "firn", "why", "shop", "core.port")).toContain(
      `${machine.path("work/modules/core/src/index.ts")}:6:`,
    );
    machine.done("shop", "firn", "lock");
    expect(machine.read("shop/lockfile.json")).toBe(lock);
    machine.done("shop", "rm", "flake.local.yaml");
    expect(evaluate()).toEqual({ core: { port: 80 } });
  });

  test("lets nobody edit what is laid out, where an edit would be lost", () => {
    const file = machine.path("shop/.firn/inputs/core@1.0.0/modules/core/src/index.ts");
    expect(lstatSync(file).mode & 0o222).toBe(0);
  });

  test("sees another value of the host beside an unchanged input", () => {
    appendFileSync(machine.path("shop/hosts/shop/src/index.ts"), "// Nothing else.\n");
    expect(evaluate()).toEqual({ core: { port: 80 } });
    machine.writeAll("shop", hostFiles("shop", hostSource({ core: "@acme/core" }, { core: { port: 1 } })));
    expect(evaluate()).toEqual({ core: { port: 1 } });
  });
});
