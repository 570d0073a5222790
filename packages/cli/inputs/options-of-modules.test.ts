import { afterAll, beforeAll, expect, test } from "vitest";
import { flakeFiles, hostFiles, hostSource, moduleFiles, portModule } from "./flake-files.ts";
import { Machine } from "./machine.ts";

const machine = new Machine();

beforeAll(() => {
  machine.commit("acme", {
    ...flakeFiles("acme"),
    ...moduleFiles("@acme/website", portModule("website", 80)),
    ...moduleFiles("@acme/backup", portModule("backup", 22)),
    ...moduleFiles("@acme/broken", 'import "nowhere";\n'),
  });
  machine.writeAll("flake", {
    ...flakeFiles("mine", { acme: { git: `file://${machine.path("acme")}` } }),
    ...moduleFiles("@mine/mail", portModule("mail", 25)),
    ...hostFiles("shop", hostSource({ website: "@acme/website" }, {})),
  });
  machine.install("flake");
  machine.done("flake", "firn", "lock");
});

afterAll(() => machine.remove());

test("firn option lists the options of modules that no host imports, of inputs too, with the package to import", () => {
  const lines = machine.done("flake", "firn", "option").split("\n");
  expect(lines.filter((line) => line.includes("port number"))).toEqual([
    expect.stringMatching(/^backup\.port .* import from "@acme\/backup"$/),
    expect.stringMatching(/^mail\.port .* import from "@mine\/mail"$/),
    expect.stringMatching(/^website\.port .*\) = 80$/),
  ]);
  expect(lines.at(-1)).toBe("3 options of 3 matched");
});

test("firn option says of one option where it is declared and what to import for it", () => {
  const text = machine.done("flake", "firn", "option", "backup.port");
  expect(text).toMatch(/declared {2}\.firn\/inputs\/acme@\w+\/modules\/backup\/src\/index\.ts:\d+:\d+/);
  expect(text).toContain('import    from "@acme/backup", which no host does yet');
});

test("firn option names the packages that it could not load", () => {
  expect(machine.firn("flake", "option").err).toBe("Without what could not be loaded: @acme/broken\n");
});

test("a host that exports no module by default has no options, whatever else it exports", () => {
  machine.writeAll("flake", hostFiles("named", portModule("named", 1)));
  const { out, err } = machine.firn("flake", "option", "named");
  expect([out.includes("named.port"), err.includes("error[no-default-export]")]).toEqual([false, true]);
});

test("a package is not evaluated as a host", () => {
  expect(machine.firn("flake", "eval", "modules/mail").err).toContain("error[unknown-host]");
});
