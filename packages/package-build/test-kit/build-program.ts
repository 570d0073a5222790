// A program that builds one package in a process of its own, described by the JSON of its argument, and prints what came of it.
import { isDiagnosticError } from "@firn/diagnostic";
import type { OwnPackage, ToolPin } from "@firn/own-package";
import { buildPackage } from "@firn/package-build";
import { openStore } from "@firn/store";

interface Work {
  readonly folder: string;
  readonly own: OwnPackage;
  readonly tools?: readonly ToolPin[];
  readonly tree: string;
}

async function build({ folder, own, tools = [], tree }: Work): Promise<unknown> {
  try {
    const makeTree = (): Promise<string> => Promise.resolve(tree);
    const store = openStore(`${folder}/store`);
    const work = { package: own, tools, store, folder, architecture: "amd64", makeTree, environment: {} };
    const { sha256, size } = await buildPackage(work);
    return { sha256, size };
  } catch (thrown) {
    if (!isDiagnosticError(thrown)) throw thrown;
    return thrown.diagnostics;
  }
}

// Whoever bundles it starts it with nothing to do.
const [work] = process.argv.slice(2);
if (work !== undefined) process.stdout.write(JSON.stringify(await build(JSON.parse(work) as Work))); // What the test gives.
