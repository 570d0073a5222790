import type { BadServer } from "./bad-line.ts";
import { askHttpBackend, type HttpAnswer, type HttpQuestion } from "./http-backend.ts";
import { listener } from "./http-git.ts";
import { startHttpServer } from "./http-server.ts";

/** What is said instead of the truth. */
export interface Lie {
  /** Changes the list of branches and tags, as it is sent. */
  readonly list?: (answer: Buffer) => Buffer;
  /** Changes what the server understands that it is asked to send. */
  readonly asked?: (question: Buffer) => Buffer;
  /** Changes the objects, as they are sent. */
  readonly objects?: (answer: Buffer) => Buffer;
}

const same = (bytes: Buffer): Buffer => bytes;

/** Serves every repository below a folder by http, and says something else of them than is true. */
export async function startLyingServer(folder: string, lie: Lie): Promise<BadServer> {
  let said = lie;
  const server = await startHttpServer(listener((question) => answer(folder, question, said)));
  return {
    ...server,
    mend: () => {
      said = {};
    },
  };
}

async function answer(folder: string, question: HttpQuestion, lie: Lie): Promise<HttpAnswer> {
  const { list = same, asked = same, objects = same } = lie;
  // In the second version of the protocol a question says what it is.
  const isList = question.body.includes("command=ls-refs");
  const isFetch = question.body.includes("command=fetch");
  const truth = await askHttpBackend(folder, isFetch ? { ...question, body: asked(question.body) } : question);
  if (isList) return { ...truth, body: list(truth.body) };
  return isFetch ? { ...truth, body: objects(truth.body) } : truth;
}

/** Puts another id for one, in bytes of the protocol: both are of one length. */
export function replaceId(bytes: Buffer, id: string, other: string): Buffer {
  return Buffer.from(bytes.toString("latin1").replaceAll(id, other), "latin1");
}
