import type { Page } from "@firn/flake-test";
import { get, type RequestOptions } from "node:http";

/** Milliseconds until somebody has to have answered. */
const patience = 10_000;

/**
 * Gets a page from the web server of one machine, whatever name service says of
 * the name in the address.
 *
 * @param machine IP address
 * @throws Error when nobody answers, or the address is not of http
 */
export async function fetchPage(address: string, machine: string): Promise<Page> {
  const { host, pathname, port, protocol, search } = new URL(address);
  if (protocol !== "http:") throw new Error(`Cannot fetch "${address}": it does not start with http:`);
  const options = { host: machine, port: port || 80, path: pathname + search, headers: { host }, agent: false };
  try {
    return await getPage(options);
  } catch (cause) {
    // Made here, and not where the connection failed, it knows the line that asked for the page.
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`Cannot fetch "${address}" from ${machine}: ${reason}`, { cause });
  }
}

function getPage(options: RequestOptions): Promise<Page> {
  return new Promise((resolve, reject) => {
    const request = get({ ...options, signal: AbortSignal.timeout(patience) }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.once("error", reject);
      response.once("end", () => {
        const headers = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(", ")]);
        resolve({
          status: response.statusCode ?? 0,
          text: Buffer.concat(pieces).toString(),
          headers: Object.fromEntries(headers),
        });
      });
    });
    request.once("error", reject);
  });
}
