import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { type Diagnostic, isDiagnosticError, renderDiagnostic, type Sources } from "@firn/diagnostic";
import { evaluate, type Module } from "firn";

const folder = join(import.meta.dirname, "evaluation");

/** A configuration with a mistake in it, or one that looks as if it had one. */
export interface BrokenConfiguration {
  /** Group and name, as in the path. */
  readonly name: string;
  readonly file: string;
  /** The text that it shall give. */
  readonly golden: string;
  /** The line that ends with `// blame`, from 1; none in a configuration that simply works. */
  readonly blamed: number | undefined;
}

/** Lists the configurations of the corpus. */
export function listConfigurations(): BrokenConfiguration[] {
  const groups = readdirSync(folder).toSorted();
  return groups.flatMap((group) =>
    readdirSync(join(folder, group))
      .filter((file) => file.endsWith(".ts"))
      .toSorted()
      .map((file) => openConfiguration(`${group}/${file.replace(/\.ts$/, "")}`)),
  );
}

function openConfiguration(name: string): BrokenConfiguration {
  const file = join(folder, `${name}.ts`);
  const lines = readFileSync(file, "utf8").split("\n");
  const blamed = lines.findIndex((line) => line.endsWith("// blame"));
  return { name, file, golden: join(folder, `${name}.txt`), blamed: blamed < 0 ? undefined : blamed + 1 };
}

/** What evaluating a configuration gave. */
export interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  /** Everything as a user sees it. */
  readonly text: string;
}

/** Evaluates a configuration and shows its problems, or its values when it has none. */
export async function runConfiguration({ file }: BrokenConfiguration, sources: Sources): Promise<Outcome> {
  const { diagnostics, value } = await evaluateFile(file);
  const showFile = (path: string): string => relative(folder, path);
  const problems = diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, { sources, showFile }));
  const values = JSON.stringify(value, undefined, 2);
  const text = `${problems.length > 0 ? problems.join("\n\n") : `no problems\n${values}`}\n`;
  return { diagnostics, text: text.replaceAll(" // blame", "") };
}

type Evaluated = Omit<Outcome, "text"> & { readonly value?: unknown };

async function evaluateFile(file: string): Promise<Evaluated> {
  try {
    const { default: exported } = (await import(file)) as { default: Module | readonly Module[] }; // Each exports these.
    const evaluation = evaluate({ modules: [exported].flat(), name: "web" });
    return { diagnostics: evaluation.diagnostics, value: evaluation.value([]) };
  } catch (thrown) {
    if (isDiagnosticError(thrown)) return thrown;
    throw thrown;
  }
}
