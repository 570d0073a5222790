import { type RenderOptions, renderPath, renderText } from "@firn/diagnostic";
import type { FlakeOption } from "./flake-options.ts";
import type { Paint } from "./terminal.ts";

/** Renders all that is known of one option. */
export function renderOptionEntry(entry: FlakeOption, { sources, showFile }: RenderOptions, paint: Paint): string {
  const facts = [
    ["type", entry.type],
    ["default", entry.defaultText ?? entry.defaultShown],
    ["example", entry.exampleShown],
    ["read-only", entry.readOnly ? "yes" : undefined],
    ["import", entry.importFrom && `from "${entry.importFrom}", which no host does yet`],
    ...entry.declarations.map(({ place }) => {
      const found = sources?.locate(place);
      return ["declared", found && `${showFile?.(found.file) ?? found.file}:${found.line}:${found.column}`];
    }),
  ];
  const lines = facts.flatMap(([name = "", value]) =>
    value === undefined ? [] : [`  ${paint("dim", name.padEnd(9))} ${renderText(value)}`],
  );
  const description = entry.description === undefined ? [] : [`  ${renderText(entry.description)}`, ""];
  return [paint("bold", renderText(renderPath(entry.path))), ...description, ...lines].join("\n");
}
