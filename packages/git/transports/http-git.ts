import type { RequestListener, ServerResponse } from "node:http";
import type { Certificate } from "./certificate.ts";
import { askHttpBackend, type HttpAnswer, readQuestion } from "./http-backend.ts";
import { startHttpServer } from "./http-server.ts";
import type { TestServer } from "./test-server.ts";

/** Who is let in, and how. */
export interface HttpGitOptions {
  /** Who is let in, by basic authentication; everybody if it is not given. */
  readonly account?: { readonly user: string; readonly password: string };
  /** Makes it a server for https. */
  readonly tls?: Certificate;
}

/** Serves every repository below a folder by http or https, with git's own program behind it. */
export function startHttpGit(folder: string, { account, tls }: HttpGitOptions = {}): Promise<TestServer> {
  const expected =
    account === undefined
      ? undefined
      : `Basic ${Buffer.from(`${account.user}:${account.password}`).toString("base64")}`;
  return startHttpServer(
    listener(async (question) =>
      expected === undefined || question.request.headers.authorization === expected
        ? askHttpBackend(folder, question)
        : { status: 401, headers: { "www-authenticate": 'Basic realm="test"' }, body: Buffer.from("Who are you?\n") },
    ),
    tls,
  );
}

/** Makes a listener of what answers a question whole. */
export function listener(
  answer: (question: Awaited<ReturnType<typeof readQuestion>>) => Promise<HttpAnswer>,
): RequestListener {
  return (request, response) => {
    readQuestion(request)
      .then(answer)
      .then(
        (given) => send(response, given),
        // The client has gone away, or git's program is not there, of which the client is told.
        () => send(response, { status: 500, headers: {}, body: Buffer.alloc(0) }),
      );
  };
}

function send(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  response.writeHead(status, headers);
  response.end(body);
}
