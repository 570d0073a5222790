import type { Loaded } from "./run-bundle.ts";
import { createFlake, type Files, type TemporaryFlake } from "./temporary-flake.ts";

/** Shows what went wrong with hosts: a line for each problem, with its code and file:line:column of each mark. */
export async function showProblems(flake: TemporaryFlake, { hosts, openSources }: Loaded): Promise<string[]> {
  const sources = await openSources();
  return hosts.flatMap(({ diagnostics }) =>
    diagnostics.map(({ code, marks }) => {
      const places = marks.map(({ place }) => {
        const at = sources.locate(place);
        return at && `${at.file.replace(`${flake.root}/`, "")}:${at.line}:${at.column}`;
      });
      return [code, ...places].join(" ");
    }),
  );
}

/** Loads the host "web" of some files and shows what went wrong. */
export async function problemsOf(files: Files): Promise<string[]> {
  const flake = await createFlake(files);
  return showProblems(flake, await flake.load());
}
