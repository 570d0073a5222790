import { hostname } from "node:os";
import { run } from "./run.ts";
import type { Terminal } from "./terminal.ts";

const { env, stdout, stderr } = process;

/** Clears the line that shows progress. */
const clearLine = "\r\u001b[K";
let isShowing = false;

function write(stream: NodeJS.WriteStream, text: string): void {
  if (isShowing) stderr.write(clearLine);
  isShowing = false;
  stream.write(`${text}\n`);
}

const terminal: Terminal = {
  directory: process.cwd(),
  environment: env,
  hostName: hostname(),
  color: env["NO_COLOR"] === undefined && (stdout.isTTY === true || env["FORCE_COLOR"] !== undefined),
  isShown: stdout.isTTY === true,
  command: process.argv.slice(0, 2),
  print: (text) => write(stdout, text),
  report: (text) => write(stderr, text),
  ...(stderr.isTTY && { showProgress }),
};

function showProgress(text: string): void {
  isShowing = text !== "";
  stderr.write(`${clearLine}${text.slice(0, Math.max(20, (stderr.columns ?? 80) - 1))}`);
}

// A promise chain and not `await`: the bundle is a script, which V8 can keep in compiled form.
void run(process.argv.slice(2), terminal).then((status) => {
  process.exitCode = status;
});
