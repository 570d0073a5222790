import { explainedStr } from "@modules/explained-types";
import type { OptionType } from "firn";

/** Permissions as chmod(1) takes them, always with four digits. */
export const fileMode: OptionType<string> = explainedStr({
  description: "mode of four octal digits",
  check: (text) => (/^[0-7]{4}$/.test(text) ? undefined : "A mode has four octal digits, such as 0644"),
  advise: (text) => (/^[0-7]{3}$/.test(text) ? `Write "0${text}"` : undefined),
});
