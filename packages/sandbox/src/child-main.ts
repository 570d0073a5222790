import { readSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { openContext } from "./evaluation-context.ts";
import { frameKinds, renderFrame } from "./frame.ts";
import { freezeReachable, hiddenIntrinsics } from "./freeze-reachable.ts";
import { plainNames, tamedNames } from "./guarded-names.ts";
import { readJob } from "./job.ts";

// The process that evaluates. Node.js has taken its permissions when this
// starts; what it still could do, it takes from itself before host code runs.

const { exit } = process;
const exitNow = exit.bind(process, 0);
const context = openContext(dirname(import.meta.dirname));
sealRealm();
send(frameKinds.ready, "");
const { job, code, compiled } = readJob(readExactly);
for (const module of job.modules) context.share(module);
const bundle = context.start({ name: job.name, code, compiled });
for (const { name, chunk } of job.hosts) {
  const answer = bundle.ask(JSON.stringify({ name, chunk, question: job.question }));
  if (answer === undefined) send(frameKinds.failed, "");
  else send(frameKinds.answer, answer);
}
if (job.wantsScripts === true)
  for (const compiledScript of context.compileScripts()) send(frameKinds.script, compiledScript);
if (!bundle.usedCompiled) send(frameKinds.compiled, bundle.compile());
send(frameKinds.end, "");
exitNow();

/**
 * Leaves nothing of use to whoever gets hold of an object of this realm: such an
 * error can be caught at the end of the stack, since Node.js formats stacks here.
 */
function sealRealm(): void {
  const kept = new Set([...plainNames, ...tamedNames, "Buffer", "globalThis"]);
  for (const name of Object.getOwnPropertyNames(globalThis)) {
    if (!kept.has(name)) Reflect.deleteProperty(globalThis, name);
  }
  freezeReachable([...plainNames, ...tamedNames].map((name): unknown => Reflect.get(globalThis, name)));
  freezeReachable(hiddenIntrinsics());
}

function readExactly(size: number): Buffer {
  const bytes = Buffer.allocUnsafe(size);
  let end = 0;
  while (end < size) {
    const read = readSync(0, bytes, end, size - end, null);
    if (read === 0) exitNow(); // Whoever started this process has gone.
    end += read;
  }
  return bytes;
}

function send(kind: number, content: string | Uint8Array): void {
  const bytes = renderFrame(kind, content);
  let start = 0;
  while (start < bytes.length) start += writeSync(1, bytes, start);
}
