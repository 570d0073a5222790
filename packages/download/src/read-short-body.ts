import type { IncomingMessage } from "node:http";
import { describeConnectionError, FetchFailure } from "./fetch-failure.ts";

/** Reads the body of an answer into memory. @param most bytes that it may have @throws FetchFailure */
export async function readShortBody(answer: IncomingMessage, most: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of answer as AsyncIterable<Buffer>) {
      // No encoding is set, so that pieces are bytes.
      pieces.push(piece);
      length += piece.length;
      if (length > most) throw new FetchFailure(`the answer has more than ${most} bytes`);
    }
  } catch (thrown) {
    throw describeConnectionError(thrown);
  }
  return Buffer.concat(pieces);
}
