import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { pathToFileURL } from "node:url";
import { findCompiler } from "./compiler.ts";

/** A place in a text: line and character, both from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** What is offered at a place. */
export interface Completion {
  readonly label: string;
  readonly insertText?: string;
}

/** A problem that the server tells of. */
export interface ServerProblem {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly message: string;
  readonly code: number;
  /** 1 for an error. */
  readonly severity: number;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

const separator = "\r\n\r\n";

/** The compiler as an editor speaks to it: the language server protocol over a pipe. */
export class LanguageServer {
  readonly #process: ChildProcessWithoutNullStreams = spawn(findCompiler(), ["--lsp", "--stdio"]);
  readonly #waiting = new Map<number, Waiting>();
  #received: Buffer = Buffer.alloc(0);
  #requests = 0;
  #version = 0;

  /** Starts a server for the project in a folder. */
  static async start(folder: string): Promise<LanguageServer> {
    const server = new LanguageServer();
    server.#process.stdout.on("data", (chunk: Buffer) => server.#receive(chunk));
    server.#process.stderr.resume();
    server.#process.on("exit", () => server.#rejectAll("Cannot go on: the language server has ended"));
    server.#process.on("error", ({ message }) => server.#rejectAll(message));
    const rootUri = pathToFileURL(folder).href;
    const capabilities = { textDocument: { completion: { completionItem: {} }, diagnostic: {} } };
    await server.#request("initialize", { processId: process.pid, rootUri, capabilities });
    server.#notify("initialized", {});
    return server;
  }

  /** Shows a file to the server; nothing needs to be on disk. */
  open(path: string, text: string): void {
    const textDocument = { uri: pathToFileURL(path).href, languageId: "typescript", version: ++this.#version, text };
    this.#notify("textDocument/didOpen", { textDocument });
  }

  /** Replaces the text of an open file, as typing does. */
  change(path: string, text: string): void {
    const textDocument = { uri: pathToFileURL(path).href, version: ++this.#version };
    this.#notify("textDocument/didChange", { textDocument, contentChanges: [{ text }] });
  }

  /** Asks what can stand at a place of an open file. */
  async complete(path: string, position: Position): Promise<readonly Completion[]> {
    const textDocument = { uri: pathToFileURL(path).href };
    const answer = await this.#request("textDocument/completion", { textDocument, position });
    return (answer as { items?: Completion[] } | null)?.items ?? (answer as Completion[] | null) ?? [];
  }

  /** Asks for the text that shows when the pointer rests at a place of an open file. */
  async hover(path: string, position: Position): Promise<string> {
    const textDocument = { uri: pathToFileURL(path).href };
    const answer = await this.#request("textDocument/hover", { textDocument, position });
    return (answer as { contents?: { value?: string } } | null)?.contents?.value ?? "";
  }

  /** Asks for the problems of an open file. */
  async diagnose(path: string): Promise<readonly ServerProblem[]> {
    const textDocument = { uri: pathToFileURL(path).href };
    const answer = await this.#request("textDocument/diagnostic", { textDocument });
    return (answer as { items?: ServerProblem[] }).items ?? [];
  }

  /** Ends the server. */
  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#process.once("exit", resolve));
    await this.#request("shutdown", undefined);
    this.#notify("exit", undefined);
    this.#process.stdin.end();
    await ended;
  }

  #request(method: string, parameters: unknown): Promise<unknown> {
    const id = ++this.#requests;
    const answered = new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
    this.#send({ id, method, params: parameters });
    return answered;
  }

  #notify(method: string, parameters: unknown): void {
    this.#send({ method, params: parameters });
  }

  #send(message: object): void {
    const text = JSON.stringify({ jsonrpc: "2.0", ...message });
    this.#process.stdin.write(`Content-Length: ${Buffer.byteLength(text)}${separator}${text}`);
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (let next = this.#takeMessage(); next !== undefined; next = this.#takeMessage()) this.#handle(JSON.parse(next));
  }

  #takeMessage(): string | undefined {
    const headers = this.#received.indexOf(separator);
    if (headers === -1) return undefined;
    const length = /Content-Length: (\d+)/i.exec(this.#received.toString("latin1", 0, headers))?.[1];
    const start = headers + separator.length;
    const end = start + Number(length);
    if (this.#received.length < end) return undefined;
    const message = this.#received.toString("utf8", start, end);
    this.#received = this.#received.subarray(end);
    return message;
  }

  #handle(message: { id?: number; method?: string; result?: unknown; error?: { message: string } }): void {
    if (message.id === undefined) return; // A notification: nothing waits for it.
    if (message.method !== undefined) return this.#answerServer(message.id, message.method);
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (message.error === undefined) waiting?.resolve(message.result);
    else waiting?.reject(new Error(message.error.message));
  }

  /** The server asks for settings, and to be told of files: it gets none and nothing happens. */
  #answerServer(id: number, method: string): void {
    this.#send({ id, result: method === "workspace/configuration" ? [] : null });
  }

  #rejectAll(message: string): void {
    for (const { reject } of this.#waiting.values()) reject(new Error(message));
    this.#waiting.clear();
  }
}
