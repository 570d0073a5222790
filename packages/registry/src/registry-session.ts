import type { IncomingMessage } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Diagnostic, DiagnosticError } from "@firn/diagnostic";
import {
  askAuthorized,
  type Authority,
  type AuthorizedRequest,
  describeStatus,
  FetchFailure,
  type HttpClient,
  type HttpRequest,
  readShortBody,
  showWords,
} from "@firn/download";
import * as z from "zod";
import type { Registry } from "./registry-address.ts";

/** What requests to one registry share. */
export interface RegistrySession {
  readonly registry: Registry;
  readonly client: HttpClient;
  readonly authority: Authority;
  readonly signal: AbortSignal;
  /** How long to wait before each further try, in milliseconds: as many as there are. */
  readonly waits: readonly number[];
}

/** Sends a request to a registry, who asks told. @throws FetchFailure */
export function ask({ authority, client }: RegistrySession, url: URL, request: HttpRequest): Promise<IncomingMessage> {
  const authorized: AuthorizedRequest = { ...request, authority };
  return askAuthorized(client, url, authorized);
}

/** Does work again, after waiting, while what keeps it from being done may pass. @throws FetchFailure */
export async function tryAgain<T>({ signal, waits }: RegistrySession, work: () => Promise<T>): Promise<T> {
  for (let count = 0; ; count++) {
    try {
      return await work();
    } catch (thrown) {
      signal.throwIfAborted();
      const wait = thrown instanceof FetchFailure && thrown.isPassing ? waits[count] : undefined;
      if (wait === undefined) throw thrown;
      await sleep(thrown instanceof FetchFailure ? (thrown.wait ?? wait) : wait, undefined, { signal });
    }
  }
}

const longestExplanation = 64 * 1024;
const explanation = z.object({
  errors: z.array(z.object({ code: z.string(), message: z.string().default("") })).min(1),
});

/** Says why a registry did not do what it was asked for, in its own words where it has some. */
export async function describeAnswer(answer: IncomingMessage): Promise<FetchFailure> {
  const { headers, statusCode = 0 } = answer;
  const failure = describeStatus(statusCode, headers["retry-after"]);
  const text = await readShortBody(answer, longestExplanation).catch(() => undefined);
  const said = explanation.safeParse(parseJson(text?.toString() ?? "")).data?.errors[0];
  if (said === undefined) return failure;
  const { isPassing, wait } = failure;
  return new FetchFailure(`${failure.message}: ${showWords(`${said.code}: ${said.message}`)}`, {
    isPassing,
    ...(wait !== undefined && { wait }),
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Makes what went wrong with a registry a problem; anything else stays what it is. @param task the end of "Cannot …" */
export function explainFailure(
  thrown: unknown,
  { code, registry, task }: { readonly code: Diagnostic["code"]; readonly registry: Registry; readonly task: string },
): unknown {
  if (!(thrown instanceof FetchFailure)) return thrown;
  const fix = /wants to know who asks|does not let us|UNAUTHORIZED|DENIED/.test(thrown.message)
    ? `Log in: docker login ${registry.host}`
    : "Check the name of the registry, and that it runs; then run it again: what has arrived is not sent twice";
  const why = [`${registry.url.origin}: ${thrown.message}`];
  return new DiagnosticError([
    { code, severity: "error", message: `Cannot ${task}`, marks: [], why, fix, cause: thrown },
  ]);
}
