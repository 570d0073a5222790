import { createServer } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  type Answer,
  BreakingServer,
  cutAt,
  endAt,
  endless,
  gives,
  leadsTo,
  ranged,
  silentAfter,
  status,
  whole,
  wrongRange,
} from "../test/breaking-server.ts";
import { hashOf, TemporaryDownload, want } from "../test/temporary-download.ts";

let temporary: TemporaryDownload;
beforeEach(async () => void (temporary = await new TemporaryDownload().start()));
afterEach(() => temporary.remove());

const text = "0123456789";

/** Tries that lead to the content: what is answered, and what is asked. */
const recoveries: readonly [string, readonly Answer[], readonly string[]][] = [
  ["500 twice", [status(500), status(503), whole], ["/x", "/x", "/x"]],
  ["429 without a time", [status(429), whole], ["/x", "/x"]],
  ["a cut, and ranges", [cutAt(4), ranged], ["/x", "/x bytes=4-"]],
  ["two cuts, and ranges", [cutAt(4), cutAt(4), ranged], ["/x", "/x bytes=4-", "/x bytes=4-"]],
  ["a cut, a bad moment, and ranges", [cutAt(4), status(503), ranged], ["/x", "/x bytes=4-", "/x bytes=4-"]],
  ["a cut, and no ranges", [cutAt(4), whole], ["/x", "/x bytes=4-"]],
  ["a cut before the first byte", [cutAt(0), whole], ["/x", "/x"]],
  ["an early end without a length", [endAt(4), ranged], ["/x", "/x bytes=4-"]],
  ["the whole without a length", [endAt(10)], ["/x"]],
  ["a cut, then ranges that cannot be given", [cutAt(4), status(416), whole], ["/x", "/x bytes=4-", "/x"]],
  ["a cut, then another range", [cutAt(4), wrongRange, whole], ["/x", "/x bytes=4-", "/x"]],
];

test.each(recoveries)("fetchContents gets over %s", async (_name, answers, asked) => {
  const { server } = temporary;
  await temporary.fetch([want(text, server.offer("/x", text, ...answers))]);
  expect([temporary.read(text), server.asked, temporary.unfinished]).toEqual([text, asked, []]);
});

/** What an address says that is given up: what it answers, how often it is asked. */
const failures: readonly [string, readonly Answer[], { readonly said: string; readonly times: number }][] = [
  ["404", [status(404)], { said: "it is not there (status 404)", times: 1 }],
  ["410", [status(410)], { said: "it is no longer there (status 410)", times: 1 }],
  ["401", [status(401)], { said: "the server wants to know who asks (status 401)", times: 1 }],
  [
    "500 for ever",
    [status(500), status(500), status(500)],
    { said: "the server failed to give it (status 500)", times: 3 },
  ],
  [
    "429 for an hour",
    [status(429, { "retry-after": "3600" })],
    { said: "the server is asked too often (status 429)", times: 1 },
  ],
  ["cuts for ever", [cutAt(4), cutAt(4), cutAt(4)], { said: "the connection broke off (ECONNRESET)", times: 3 }],
  [
    "other bytes",
    [gives("012345678X")],
    { said: `its content is another: its sha256 is ${hashOf("012345678X").slice(0, 12)}…`, times: 1 },
  ],
  ["too many bytes", [gives("0123456789X")], { said: "it has 11 bytes, and 10 are expected", times: 1 }],
  ["too few bytes", [gives("0123")], { said: "it has 4 bytes, and 10 are expected", times: 1 }],
  ["bytes without end", [endless], { said: "it has more, and 10 bytes are expected", times: 1 }],
  ["a redirect to nowhere", [leadsTo("http://")], { said: "the server failed to give it (status 302)", times: 1 }],
  [
    "a redirect to a file",
    [leadsTo("file:///etc/passwd")],
    { said: "it leads to what is neither http nor https", times: 1 },
  ],
];

test.each(failures)("fetchContents asks the next address after %s", async (_name, answers, { said, times }) => {
  const { mirror, server } = temporary;
  const bad = server.offer("/x", text, ...answers);
  expect(await temporary.fail([want(text, bad)])).toMatchObject([
    'Cannot fetch "01234567"',
    `http://host/x: ${said}`,
    {},
  ]);
  expect([server.asked.length, temporary.unfinished]).toEqual([times, []]);
  const again = server.offer("/x", text, ...answers);
  await temporary.fetch([want(text, again, mirror.offer("/x", text, ranged))]);
  expect([temporary.read(text), mirror.asked.length]).toEqual([text, 1]);
});

describe("fetchContents", () => {
  test("goes on at the next address where the first stopped", async () => {
    const { mirror, server } = temporary;
    const cut = cutAt(4);
    await temporary.fetch([want(text, server.offer("/x", text, cut, cut, cut), mirror.offer("/x", text, ranged))]);
    expect([temporary.read(text), mirror.asked]).toEqual([text, ["/x bytes=4-"]]);
  });

  test("asks for the whole when what two addresses gave does not fit together", async () => {
    const { mirror, server } = temporary;
    const cut = cutAt(4);
    const other = server.offer("/x", "ABCDEFGHIJ", cut, cut, cut);
    await temporary.fetch([want(text, other, mirror.offer("/x", text, ranged, ranged))]);
    expect([temporary.read(text), mirror.asked]).toEqual([text, ["/x bytes=4-", "/x"]]);
  });

  test("waits as long as the server says before it asks again", async () => {
    const { server } = temporary;
    const soon = new Date(Date.now() - 1000).toUTCString();
    const answers = [status(429, { "retry-after": "0" }), status(503, { "retry-after": soon })];
    const patience = { idle: 20_000, waits: [600_000, 600_000] };
    await temporary.fetch([want(text, server.offer("/x", text, ...answers))], { patience });
    expect(server.asked.length).toBe(3);
  });

  test.each([0, 4])("gives up a server that is silent after %i bytes, and asks it for nothing else", async (length) => {
    const { server } = temporary;
    const silent = silentAfter(length);
    const wanted = [text, "other"].map((each) => want(each, server.offer(`/${each}`, each, silent, silent, silent)));
    const said = await temporary.fail(wanted, { patience: { idle: 200, waits: [1] }, connections: 1 });
    expect(said.slice(0, 2)).toEqual([
      'Cannot fetch "01234567", "other"',
      "http://host/0123456789: nothing came for too long",
    ]);
    expect(server.asked.map((asked) => asked.split(" ")[0])).toEqual(["/0123456789", "/0123456789"]);
  });

  test("asks a server that does not accept connections for nothing else", async () => {
    const gone = await new BreakingServer().start();
    const wanted = [text, "other"].map((each) => want(each, gone.at(`/${each}`)));
    await gone.stop();
    const said = await temporary.fail(wanted);
    expect(said).toEqual([
      'Cannot fetch "01234567", "other"',
      "http://host/0123456789: the host does not accept the connection (ECONNREFUSED)",
      "Check the address, that this machine is online, and http_proxy where it needs one",
    ]);
  });

  test("follows redirects, also to other servers, and stops at the sixth", async () => {
    const { mirror, server } = temporary;
    server.offer("/b", text, leadsTo(mirror.offer("/c", text), 308));
    await temporary.fetch([want(text, server.offer("/a", text, leadsTo("b", 301)))]);
    expect([server.asked, mirror.asked]).toEqual([["/a", "/b"], ["/c"]]);
    const loop = leadsTo("/loop");
    const said = await temporary.fail([
      want("x", server.offer("/loop", text, loop, loop, loop, loop, loop, loop, loop)),
    ]);
    expect(said[1]).toBe("http://host/loop: it leads on more than 5 times");
    expect(server.asked.filter((path) => path === "/loop").length).toBe(6);
  });

  test("tells a server who asks, not the one it leads to, and nobody else", async () => {
    const { mirror, server } = temporary;
    const address = server.offer("/x", text, leadsTo(mirror.offer("/x", text, status(404))));
    const said = await temporary.fail([want(text, address.replace("//", "//ada:s%2Fecret@"))]);
    expect(server.requests[0]?.authorization).toBe(`Basic ${Buffer.from("ada:s/ecret").toString("base64")}`);
    expect(mirror.requests[0]?.authorization).toBeUndefined();
    expect(said.join("\n")).not.toMatch(/ada|ecret/);
  });

  test("takes a password as it stands where it is not encoded as it should be", async () => {
    const { server } = temporary;
    await temporary.fetch([want(text, server.offer("/x", text).replace("//", "//ada:100%@"))]);
    expect(server.requests[0]?.authorization).toBe(`Basic ${Buffer.from("ada:100%").toString("base64")}`);
  });

  test("asks anew at once when a connection was closed that nobody used", async () => {
    const lines: number[] = [];
    // Answers once on each connection, and closes it when it is asked again.
    const server = createServer((socket) => {
      let count = 0;
      socket.on("error", () => undefined);
      socket.on("data", () => {
        lines.push(++count);
        if (count === 1) socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nx");
        else socket.destroy();
      });
    });
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = server.address() as { port: number }; // It listens on a port.
      const wanted = [want("x", `http://127.0.0.1:${port}/`), want("y", `http://127.0.0.1:${port}/`)];
      const said = await temporary.fail(wanted, { connections: 1, patience: { idle: 20_000, waits: [] } });
      expect(said[1]).toMatch(/its content is another/);
      expect([temporary.read("x"), lines]).toEqual(["x", [1, 2, 1]]);
    } finally {
      server.close();
    }
  });

  test("uses a connection again after a refusal, unless that is long", async () => {
    const { mirror, server } = temporary;
    let connections = 0;
    server.onConnection(() => connections++);
    const long = status(404, { "content-length": "1000000" });
    const refuse = (index: number): Answer => (index < 3 ? status(404) : long);
    const wanted = [0, 1, 2, 3, 4].map((index) =>
      want(`text ${index}`, server.offer(`/${index}`, "", refuse(index)), mirror.offer(`/${index}`, `text ${index}`)),
    );
    await temporary.fetch(wanted, { connections: 1 });
    expect([server.requests.length, connections]).toEqual([5, 2]);
  });

  test("says that an answer is not HTTP", async () => {
    const server = createServer((socket) => void socket.on("error", () => undefined).end("220 mail.example ESMTP\r\n"));
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
    try {
      const { port } = server.address() as { port: number }; // It listens on a port.
      expect((await temporary.fail([want("x", `http://127.0.0.1:${port}/`)]))[1]).toMatch(/the answer is not HTTP/);
    } finally {
      server.close();
    }
  });

  test("gets everything from servers that break in every way, as long as one address holds", async () => {
    const { mirror, server } = temporary;
    const ways = [
      status(500),
      status(404),
      status(416),
      cutAt(3),
      cutAt(0),
      endAt(2),
      endless,
      wrongRange,
      whole,
      ranged,
      gives("x"),
      gives("0123456789XX"),
      leadsTo("/nowhere"),
      leadsTo("file:///x"),
      status(204),
    ];
    const texts = Array.from({ length: 225 }, (_, index) => `content ${index} ${"x".repeat(index)}`);
    const wanted = texts.map((each, index) => {
      const first = ways[index % ways.length] ?? whole;
      const second = ways[Math.floor(index / ways.length)] ?? whole;
      return want(each, server.offer(`/${index}`, each, first, second, first), mirror.offer(`/${index}`, each, ranged));
    });
    expect(await temporary.fetch(wanted)).toMatchObject({ fetched: 225 });
    expect(texts.filter((each) => temporary.read(each) !== each)).toEqual([]);
    expect(temporary.unfinished).toEqual([]);
  });
});
