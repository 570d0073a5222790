import type { HostToEvaluate, Question } from "./protocol.ts";

/** What the process that evaluates is to do, beside the code. */
export interface Job {
  /** The name that stands for the bundle in stacks; starts with `firn:`. */
  readonly name: string;
  readonly hosts: readonly HostToEvaluate[];
  readonly question: Question;
  /** Names of further modules that the bundle requires, each a script beside the engine. */
  readonly modules: readonly string[];
  /** Whether V8's compiled forms of the engine and of the modules are wanted, in this order. @default false */
  readonly wantsScripts?: boolean;
}

/** A job with the code of the bundle, and V8's compiled form of it where there is one. */
export interface JobWithCode {
  readonly job: Job;
  readonly code: string;
  readonly compiled: Uint8Array | undefined;
}

const headSize = 12;

/** Renders a job for the standard input of the process: three lengths, then the parts. */
export function renderJob({ job, code, compiled = new Uint8Array() }: JobWithCode): Buffer {
  const parts = [Buffer.from(JSON.stringify(job)), Buffer.from(code), compiled];
  const head = Buffer.alloc(headSize);
  parts.forEach((part, index) => head.writeUInt32BE(part.length, index * 4));
  return Buffer.concat([head, ...parts]);
}

/** Reads a job by a function that gives exactly as many bytes as asked. */
export function readJob(read: (size: number) => Buffer): JobWithCode {
  const head = read(headSize);
  const [job, code, compiled] = [0, 4, 8].map((offset) => read(head.readUInt32BE(offset)));
  return {
    job: JSON.parse(String(job)) as Job, // The process that started this one wrote it.
    code: String(code),
    compiled: compiled === undefined || compiled.length === 0 ? undefined : compiled,
  };
}
