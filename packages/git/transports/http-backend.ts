import { spawn } from "node:child_process";
import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";
import { join } from "node:path";
import { gitPrograms } from "./git-programs.ts";

/** What a server answers. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/** What a server is asked for, as a program of CGI gets it. */
export interface HttpQuestion {
  readonly request: IncomingMessage;
  readonly body: Buffer;
}

/** Reads what a client sends. */
export async function readQuestion(request: IncomingMessage): Promise<HttpQuestion> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return { request, body: Buffer.concat(parts) };
}

/** Lets git's own server for http answer, which serves every repository below a folder. */
export async function askHttpBackend(folder: string, { request, body }: HttpQuestion): Promise<HttpAnswer> {
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const backend = spawn(join(gitPrograms(), "git-http-backend"), {
    stdio: ["pipe", "pipe", "ignore"],
    env: {
      PATH: process.env["PATH"] ?? "",
      LC_ALL: "C",
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: "1",
      GIT_PROTOCOL: headerOf(request, "git-protocol"),
      REQUEST_METHOD: request.method ?? "GET",
      PATH_INFO: decodeURIComponent(url.pathname),
      QUERY_STRING: url.search.slice(1),
      CONTENT_TYPE: headerOf(request, "content-type"),
      CONTENT_LENGTH: String(body.length),
      HTTP_CONTENT_ENCODING: headerOf(request, "content-encoding"),
    },
  });
  // It need not read all that it is sent.
  backend.stdin.on("error", () => {});
  backend.stdin.end(body);
  const parts: Buffer[] = [];
  for await (const part of backend.stdout) parts.push(Buffer.from(part));
  return parseAnswer(Buffer.concat(parts));
}

function headerOf({ headers }: IncomingMessage, name: string): string {
  return String(headers[name] ?? "");
}

function parseAnswer(output: Buffer): HttpAnswer {
  const end = output.indexOf("\r\n\r\n");
  if (end < 0) return { status: 500, headers: {}, body: Buffer.alloc(0) };
  const lines = output.subarray(0, end).toString().split("\r\n");
  const fields = Object.fromEntries(lines.map((line) => line.split(/:\s*/, 2)));
  const { Status: status = "200", ...headers } = fields;
  return { status: Number.parseInt(String(status), 10), headers, body: output.subarray(end + 4) };
}
