import { createReadStream, statSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { fileURLToPath } from "node:url";
import type { ArrivingFile } from "./arriving-file.ts";
import { describeConnectionError, describeStatus, FetchFailure } from "./fetch-failure.ts";

/** Where the bytes of an answer go, and how many there are to be in the end. */
export interface Receiver {
  readonly file: ArrivingFile;
  /** Missing: nobody knows. */
  readonly size: number | undefined;
  /** Is told how many bytes more are there: negative when they have to be fetched again. */
  arrived(bytes: number): void;
}

/** Adds the body of an answer to what is there, or replaces it: as the answer says. @throws FetchFailure, DiagnosticError "store-failed" */
export async function receiveBody(answer: IncomingMessage, receiver: Receiver): Promise<void> {
  try {
    checkAnswer(answer, receiver);
    await readBody(answer, receiver);
  } catch (thrown) {
    discardBody(answer);
    throw thrown;
  }
}

const shortBody = 64 * 1024;

/** Has the connection serve another request: a long answer that is not wanted costs more than a new connection. */
export function discardBody(answer: IncomingMessage): void {
  // What it ends with does not matter any more.
  answer.on("error", () => undefined);
  const isShort = Number(answer.headers["content-length"] ?? Infinity) <= shortBody;
  if (isShort && !answer.readableFlowing) answer.resume();
  else answer.destroy();
}

function checkAnswer({ headers, statusCode = 0 }: IncomingMessage, receiver: Receiver): void {
  const { file, size } = receiver;
  const isOtherRange = statusCode === 206 && startOf(headers["content-range"]) !== file.length;
  if (statusCode === 200 || statusCode === 416 || isOtherRange) restart(receiver);
  // The range that was asked for is not there: next, the whole is asked for.
  if (statusCode === 416 || isOtherRange)
    throw new FetchFailure("the server does not go on where it stopped", { isPassing: true, wait: 0 });
  if (statusCode !== 200 && statusCode !== 206) throw describeStatus(statusCode, headers["retry-after"]);
  const length = headers["content-length"];
  if (length !== undefined && size !== undefined && Number(length) !== size - file.length)
    throw wrongSize(receiver, file.length + Number(length));
}

function startOf(range: string | undefined): number | undefined {
  const start = /^bytes (\d+)-/.exec(range ?? "")?.[1];
  return start === undefined ? undefined : Number(start);
}

function readBody(answer: IncomingMessage, receiver: Receiver): Promise<void> {
  const { file, size } = receiver;
  return new Promise((resolve, reject) => {
    answer.on("data", (piece: Buffer) => {
      try {
        addPiece(piece, receiver);
      } catch (thrown) {
        reject(thrown);
        answer.destroy();
      }
    });
    answer.once("error", (error) => reject(describeConnectionError(error)));
    answer.once("end", () => {
      if (size === undefined ? answer.complete : file.length === size) return resolve();
      // Without a length, an end that comes too early looks like any other.
      reject(new FetchFailure("the connection broke off", { isPassing: true }));
    });
    answer.once("close", () => reject(new FetchFailure("the connection broke off", { isPassing: true })));
  });
}

function addPiece(piece: Uint8Array, receiver: Receiver): void {
  const { arrived, file, size } = receiver;
  if (size !== undefined && file.length + piece.length > size) throw wrongSize(receiver);
  file.write(piece);
  arrived(piece.length);
}

/** It is another file: nothing of it is of use. */
function wrongSize(receiver: Receiver, has?: number): FetchFailure {
  restart(receiver);
  const found = has === undefined ? "it has more" : `it has ${has} bytes`;
  return new FetchFailure(`${found}, and ${receiver.size}${has === undefined ? " bytes" : ""} are expected`);
}

/** Begins anew. */
export function restart({ arrived, file }: Receiver): void {
  arrived(-file.length);
  file.restart();
}

/** Copies a file of this machine. @throws FetchFailure, DiagnosticError "store-failed" */
export async function receiveFile(url: URL, receiver: Receiver): Promise<void> {
  restart(receiver);
  for await (const piece of readFile(url)) addPiece(piece, receiver);
  if (receiver.size !== undefined && receiver.file.length < receiver.size)
    throw wrongSize(receiver, receiver.file.length);
}

async function* readFile(url: URL): AsyncGenerator<Uint8Array> {
  try {
    const path = fileURLToPath(url);
    // What is no file may never end, or never begin.
    if (!statSync(path).isFile()) throw new FetchFailure("it is not a file");
    yield* createReadStream(path, { highWaterMark: 1024 * 1024 });
  } catch (thrown) {
    if (thrown instanceof FetchFailure) throw thrown;
    const { code, message } = thrown as NodeJS.ErrnoException; // What node:fs and node:url throw has a message.
    throw new FetchFailure(code === "ENOENT" ? "it is not there" : message, { cause: thrown });
  }
}
