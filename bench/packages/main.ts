import { parseArgs } from "node:util";
import { ArchiveServer } from "@firn/apt/testing";
import { children } from "./child.ts";
import { measurePackages } from "./measure-packages.ts";

const { values: flags } = parseArgs({
  options: {
    parts: { type: "string", default: "resolve,fetch,install,start,idle,cache" },
    rounds: { type: "string", default: "3" },
    // What follows is for the benchmark itself, which runs these in processes of their own.
    child: { type: "string" },
    flake: { type: "string", default: "" },
    cache: { type: "string", default: "" },
    serve: { type: "string" },
  },
});

if (flags.serve !== undefined) console.log((await ArchiveServer.start(flags.serve)).address);
else if (flags.child !== undefined) await children.get(flags.child)?.(flags.flake, flags.cache);
else await measurePackages({ parts: flags.parts.split(","), rounds: Number(flags.rounds) });
