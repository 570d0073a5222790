import { hostname } from "node:os";
import { run } from "./run.ts";
import type { Terminal } from "./terminal.ts";

const { env, stdout, stderr } = process;

const terminal: Terminal = {
  directory: process.cwd(),
  environment: env,
  hostName: hostname(),
  color: env["NO_COLOR"] === undefined && (stdout.isTTY === true || env["FORCE_COLOR"] !== undefined),
  print: (text) => void stdout.write(`${text}\n`),
  report: (text) => void stderr.write(`${text}\n`),
};

// A promise chain and not `await`: the bundle is a script, which V8 can keep in compiled form.
void run(process.argv.slice(2), terminal).then((status) => {
  process.exitCode = status;
});
