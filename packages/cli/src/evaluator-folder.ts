import { basename, join } from "node:path";

const here = import.meta.dirname;

/** Folder with the scripts of the process that evaluates: beside the bundled command, also when this runs from its source. */
export const evaluatorFolder: string = join(basename(here) === "dist" ? here : join(here, "../dist"), "evaluator");
