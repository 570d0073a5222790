import { type RenderOptions, renderPath, renderValue } from "@firn/diagnostic";
import type { OptionEntry } from "@firn/module-system";
import type { Paint } from "./terminal.ts";

/** Renders all that is known of one option. */
export function renderOptionEntry(entry: OptionEntry, { sources, showFile }: RenderOptions, paint: Paint): string {
  const facts = [
    ["type", entry.type],
    ["default", entry.defaultText ?? (entry.default === undefined ? undefined : renderValue(entry.default))],
    ["example", entry.example === undefined ? undefined : renderValue(entry.example)],
    ["read-only", entry.readOnly ? "yes" : undefined],
    ...entry.declarations.map(({ place }) => {
      const found = sources?.locate(place);
      return ["declared", found && `${showFile?.(found.file) ?? found.file}:${found.line}:${found.column}`];
    }),
  ];
  const lines = facts.flatMap(([name = "", value]) =>
    value === undefined ? [] : [`  ${paint("dim", name.padEnd(9))} ${value}`],
  );
  const description = entry.description === undefined ? [] : [`  ${entry.description}`, ""];
  return [paint("bold", renderPath(entry.path)), ...description, ...lines].join("\n");
}
