import { createServer, type Server } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { fetchPage } from "./fetch-page.ts";

let server: Server;
let port = 0;

beforeEach(async () => {
  server = createServer(({ headers, url }, response) => {
    response.writeHead(404, { "X-Of": ["one", "two"] }).end(`${headers.host} ${url}`);
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", () => resolve()));
  const address = server.address();
  port = typeof address === "object" && address !== null ? address.port : 0;
});

afterEach(() => void server.close());

describe("fetchPage", () => {
  test("asks a machine for a name that no name service knows", async () => {
    const page = await fetchPage(`http://www.example.org:${port}/a?b=c`, "127.0.0.1");
    expect(page).toMatchObject({
      status: 404,
      text: `www.example.org:${port} /a?b=c`,
      headers: { "x-of": "one, two" },
    });
  });

  test("says whom it asked when nobody answers", async () => {
    await new Promise((resolve) => server.close(resolve));
    const asked = fetchPage(`http://www.example.org:${port}/`, "127.0.0.1");
    await expect(asked).rejects.toThrow(
      `Cannot fetch "http://www.example.org:${port}/" from 127.0.0.1: connect ECONNREFUSED`,
    );
  });

  test("knows http alone", async () => {
    await expect(fetchPage("https://www.example.org/", "127.0.0.1")).rejects.toThrow("does not start with http:");
  });
});
