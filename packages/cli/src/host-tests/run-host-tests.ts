import type { Flake } from "@firn/loader";
import { defaultPackages, openBase, startHost, type TestHost } from "@firn/test-host";
import { painter, type Terminal } from "../terminal.ts";
import { describeFailure } from "./describe-failure.ts";
import { expectValue } from "./expect-value.ts";
import { HostUnderTest, installProgram, programBinds } from "./host-under-test.ts";
import type { LoadedTests } from "./load-host-tests.ts";

/** What tests are run with. */
export interface TestRun {
  readonly flake: Flake;
  readonly terminal: Terminal;
}

/** Name of the snapshot that each test begins with. */
const bare = "bare";

/** Runs the tests of a host one after another, prints a line for each, and returns how many failed. */
export async function runHostTests({ host, packages, tests }: LoadedTests, run: TestRun): Promise<number> {
  const { terminal } = run;
  if (tests.length === 0) return 0;
  const machine = await bootMachine(host, packages, terminal);
  try {
    let failures = 0;
    for (const [index, [title, test]] of tests.entries()) {
      terminal.showProgress?.(`${host}: ${title}`);
      if (index > 0) await machine.reset(bare);
      const start = performance.now();
      const failure = await failureOf(async () =>
        test({ host: new HostUnderTest({ ...run, machine, name: host }), expect: expectValue }),
      );
      const seconds = ((performance.now() - start) / 1000).toFixed(1);
      if (failure !== undefined) failures += 1;
      printResult(`${host}: ${title} (${seconds} s)`, failure, run);
    }
    return failures;
  } finally {
    await machine.stop();
  }
}

/** One base for all tests that add nothing: it is made once on a machine, in half a minute. */
async function bootMachine(host: string, packages: readonly string[], terminal: Terminal): Promise<TestHost> {
  let isSaid = false;
  const report = (text: string): void => {
    // The first piece says what is made; where nobody watches it is enough.
    if (!isSaid) terminal.report(text.trimEnd());
    else terminal.showProgress?.(text.trimEnd().split("\n").at(-1) ?? "");
    isSaid = true;
  };
  const base = await openBase({ packages: [...defaultPackages, ...packages], report });
  const name = host.replaceAll(/[^a-z0-9-]|^-|-$/gi, "x").slice(0, 63);
  const machine = await startHost({ name, base, bind: programBinds });
  try {
    await installProgram(machine);
    await machine.snapshot(bare);
    return machine;
  } catch (error) {
    await machine.stop();
    throw error;
  }
}

/** What a test threw: anything can be thrown, also nothing. */
interface Failure {
  readonly thrown: unknown;
}

async function failureOf(test: () => Promise<void> | void): Promise<Failure | undefined> {
  try {
    await test();
    return undefined;
  } catch (thrown) {
    return { thrown };
  }
}

function printResult(line: string, failure: Failure | undefined, { flake, terminal }: TestRun): void {
  const paint = painter(terminal.color);
  if (failure === undefined) return terminal.print(`${paint("green", "✔")} ${line}`);
  terminal.print(`${paint("red", "✘")} ${line}`);
  terminal.print(
    describeFailure(failure.thrown, flake.root)
      .map((each) => `    ${each}`)
      .join("\n"),
  );
}
