import { version } from "./version.ts";

// What is asked most must cost least: nothing else of Firn is loaded for it.
const [, , first] = process.argv;
if (first === "--version" || first === "-V") process.stdout.write(`${version}\n`);
else startMain();

function startMain(): void {
  // Loaded here, since reading modules of Node.js takes longer than printing the version.
  const { runCached } = require("./cached-script.ts") as typeof import("./cached-script.ts");
  runCached("main.cjs");
}
