import { type Diagnostic, DiagnosticError } from "@firn/diagnostic";
import type { HostTest, HostTests } from "@firn/flake-test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Name of the file with the tests of a host, beside the file that is its entry. */
export const testFileName = "host-test.ts";

/** A host with tests. */
export interface TestedFile {
  readonly host: string;
  /** Folder of the flake. */
  readonly root: string;
  /** Path of the file with the tests, relative to the flake. */
  readonly file: string;
}

/** Tests of a host, ready to run. */
export interface LoadedTests {
  readonly host: string;
  readonly packages: readonly string[];
  readonly tests: readonly (readonly [title: string, test: HostTest])[];
}

/**
 * Loads the tests of a host. They are programs of the flake's owner: unlike the
 * host itself they are run here, with all that Node.js offers.
 *
 * @throws DiagnosticError "bad-host-test" when there are none in the file
 */
export async function loadHostTests({ host, root, file }: TestedFile): Promise<LoadedTests> {
  const code = await bundleTests(root, file);
  const folder = mkdtempSync(join(tmpdir(), "firn-test-"));
  try {
    const script = join(folder, "host-test.mjs");
    writeFileSync(script, code);
    // Failures name the lines of the file, and not those of the script.
    process.setSourceMapsEnabled(true);
    return { host, ...readTests(await importScript(script, file), file) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function bundleTests(root: string, file: string): Promise<string> {
  const { rolldown } = await import("rolldown");
  const build = await rolldown({
    input: join(root, file),
    cwd: root,
    platform: "node",
  });
  try {
    const { output } = await build.generate({ dir: tmpdir(), format: "esm", sourcemap: true, codeSplitting: false });
    const [{ code, map }] = output;
    const sources = map?.sources.map((source) => join(tmpdir(), source)) ?? [];
    const inline = Buffer.from(JSON.stringify({ ...map, sources })).toString("base64");
    return `${code.replace(/^\/\/# sourceMappingURL=.*$/m, "")}\n//# sourceMappingURL=data:application/json;base64,${inline}\n`;
  } catch (error) {
    throw badTests(file, [messageOf(error)], "Correct what is said above");
  } finally {
    await build.close();
  }
}

async function importScript(script: string, file: string): Promise<unknown> {
  try {
    const loaded: { readonly default?: unknown } = await import(pathToFileURL(script).href);
    return loaded.default;
  } catch (error) {
    throw badTests(file, [messageOf(error)], "Correct what the file does when it is loaded");
  }
}

function readTests(exported: unknown, file: string): Omit<LoadedTests, "host"> {
  const { packages = [], tests }: Partial<HostTests> = isObject(exported) ? exported : {};
  if (!isObject(tests) || !Object.values(tests).every((test) => typeof test === "function")) {
    throw badTests(file, ["Its default export is not what defineTests gives"]);
  }
  if (!Array.isArray(packages) || !packages.every((name) => typeof name === "string")) {
    throw badTests(file, ["Its packages are not a list of names"]);
  }
  return { packages, tests: Object.entries(tests) };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

const example = 'Write export default defineTests({ tests: { "does something": async ({ host, expect }) => {} } })';

function badTests(file: string, why: readonly string[], fix: string = example): DiagnosticError {
  const problem: Diagnostic = {
    code: "bad-host-test",
    severity: "error",
    message: `Cannot load the tests in "${file}"`,
    marks: [],
    why,
    fix,
  };
  return new DiagnosticError([problem]);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
