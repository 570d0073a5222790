import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { addressesIn, pullContents, pullTag, pushContents, type PushedContent } from "@firn/registry";
import { fetchContents } from "@firn/download";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { hashOf, problemOf, PushedTexts } from "../test/pushed-texts.ts";
import { RegistryGate } from "../test/registry-gate.ts";
import { TestRegistry } from "./test-registry.ts";

let server: TestRegistry;
beforeAll(async () => void (server = await new TestRegistry().start()));
afterAll(() => server.stop());

let texts: PushedTexts;
let gate: RegistryGate;
let repository: string;
let count = 0;
beforeEach(async () => {
  texts = new PushedTexts();
  gate = await new RegistryGate(server.host).start();
  repository = `firn/web-${++count}`;
});
afterEach(async () => {
  texts.remove();
  await gate.stop();
});

const description = Buffer.from('{"host":"web"}');
const patience = { idle: 20_000, waits: [1, 1] };

/** What all pushes and pulls here have in common. */
function common(): { registry: string; environment: Record<string, string>; patience: typeof patience } {
  return { registry: `${gate.host}/${repository}`, environment: { HOME: texts.folder }, patience };
}

function push(contents: readonly PushedContent[], tag = "one"): ReturnType<typeof pushContents> {
  return pushContents({ ...common(), tag, contents, description });
}

function pull(store = texts.store(), tag = "one"): ReturnType<typeof pullTag> {
  return pullTag({ ...common(), tag, store });
}

describe("pushContents", () => {
  test("has the registry give all of it, and what it is, under the tag", async () => {
    const contents = texts.contents("nginx as a package", "git as a package", "");
    expect(await push(contents)).toMatchObject({ sent: 3, skipped: 0, bytes: 34 });
    const store = texts.store();
    const pulled = await pull(store);
    expect(pulled).toMatchObject({ fetched: 3, skipped: 0, bytes: 34 });
    expect([Buffer.from(pulled.description), pulled.contents.map(({ name }) => name)]).toEqual([
      description,
      ["", "git", "nginx"],
    ]);
    expect(contents.map(({ sha256 }) => store.read(sha256)?.toString())).toEqual([
      "nginx as a package",
      "git as a package",
      "",
    ]);
  });

  test("names it by a manifest that others understand, equal for equal contents in whatever order", async () => {
    const contents = texts.contents("nginx as a package", "git as a package");
    const { digest } = await push(contents);
    expect(await push(contents.toReversed(), "two")).toMatchObject({ digest, sent: 0 });
    const answer = await fetch(`http://${server.host}/v2/${repository}/manifests/one`, {
      headers: { accept: "application/vnd.oci.image.manifest.v1+json" },
    });
    expect(answer.headers.get("docker-content-digest")).toBe(digest);
    expect(await answer.json()).toEqual({
      schemaVersion: 2,
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      artifactType: "application/vnd.firn.contents.v1",
      config: {
        mediaType: "application/vnd.firn.description.v1",
        digest: `sha256:${hashOf(description.toString())}`,
        size: description.length,
      },
      layers: ["git as a package", "nginx as a package"].map((text) => ({
        mediaType: "text/plain",
        digest: `sha256:${hashOf(text)}`,
        size: text.length,
        annotations: { "org.opencontainers.image.title": text.split(" ")[0] },
      })),
    });
  });

  test("sends only what is missing, once", async () => {
    await push(texts.contents("a", "b"));
    gate.asked.length = 0;
    const contents = texts.contents("a", "b", "c is new");
    expect(await push([...contents, ...contents], "two")).toMatchObject({ sent: 1, skipped: 2, bytes: 8 });
    expect(gate.asked.filter((asked) => asked === "PUT uploads")).toHaveLength(1);
    expect(await push(contents, "two")).toMatchObject({ sent: 0, skipped: 3, bytes: 0 });
    expect(server.tags(repository)).toEqual(["one", "two"]);
  });

  test("tells how far it is", async () => {
    const seen: (readonly number[])[] = [];
    const progress = (...both: readonly number[]): void => void seen.push(both);
    await pushContents({ ...common(), tag: "one", contents: texts.contents("abc", "defg"), description, progress });
    expect([seen.length, seen.at(-1)]).toEqual([2, [7, 7]]);
  });

  test("sends large contents piece by piece, again when the connection breaks off", async () => {
    const text = `large ${"x".repeat(5_000_000)}`;
    gate.cuts = 2;
    expect(await push(texts.contents(text))).toMatchObject({ sent: 1, bytes: text.length });
    // The last is that of the description.
    expect(gate.asked.filter((asked) => asked === "PUT uploads")).toHaveLength(4);
    expect(readFileSync(server.fileOf(hashOf(text)), "utf8")).toBe(text);
  });

  test("that is stopped in between names nothing, and goes on where it was", async () => {
    const stop = new AbortController();
    const contents = texts.contents("a", "b", "c");
    const options = { ...common(), tag: "one", contents, description, connections: 1 };
    const progress = (done: number): void => void (done === 2 && stop.abort(new Error("stopped by the user")));
    await expect(pushContents({ ...options, signal: stop.signal, progress })).rejects.toThrow("stopped by the user");
    expect(server.tags(repository)).toEqual([]);
    expect(await push(contents)).toMatchObject({ sent: 1, skipped: 2 });
    expect(server.tags(repository)).toEqual(["one"]);
  });

  test("names nothing when the connection breaks off too often", async () => {
    gate.cuts = 100;
    const said = await problemOf(push(texts.contents("a is cut")));
    expect(said[0]).toBe(`push-failed: Cannot push to "host/${repository}:one"`);
    expect(said[1]).toMatch(/^http:\/\/host: the connection broke off/);
    expect([server.tags(repository), gate.asked.filter((asked) => asked === "PUT uploads").length]).toEqual([[], 3]);
  });

  test("is refused a content that is not what its hash says, or whose file is another", async () => {
    const [content] = texts.contents("tampered");
    writeFileSync(content?.file ?? "", "Tampered");
    expect((await problemOf(push(content ? [content] : [])))[1]).toMatch(/DIGEST_INVALID/);
    appendFileSync(content?.file ?? "", "!");
    expect((await problemOf(push(content ? [content] : [])))[1]).toBe(
      'http://host: "tampered" is not sent: its file has 9 bytes, and not 8',
    );
    expect(server.tags(repository)).toEqual([]);
  });

  test("says that nobody answers", async () => {
    await gate.stop();
    const said = await problemOf(push(texts.contents("a")));
    expect(said).toEqual([
      `push-failed: Cannot push to "host/${repository}:one"`,
      "http://host: the host does not accept the connection (ECONNREFUSED)",
      "Check the name of the registry, and that it runs; then run it again: what has arrived is not sent twice",
    ]);
    gate = await new RegistryGate(server.host).start();
  });
});

describe("pulling", () => {
  test("moves only what is missing", async () => {
    const contents = texts.contents("a", "b", "c is last");
    await push(contents.slice(0, 2));
    const store = texts.store();
    await pull(store);
    await push(contents);
    gate.asked.length = 0;
    expect(await pull(store)).toMatchObject({ fetched: 1, skipped: 2, bytes: 9 });
    expect(gate.asked).toEqual(["GET manifests", "GET blobs"]);
  });

  test("by hash needs no tag", async () => {
    const contents = texts.contents("a", "b");
    await push(contents);
    const store = texts.store();
    expect(await pullContents({ ...common(), store, wanted: contents.slice(1) })).toMatchObject({ fetched: 1 });
    expect([store.read(hashOf("a")), store.read(hashOf("b"))?.toString()]).toEqual([undefined, "b"]);
  });

  test("refuses a content that was tampered with, and takes the others", async () => {
    await push(texts.contents("good", "tampered"));
    writeFileSync(server.fileOf(hashOf("tampered")), "Tampered");
    const store = texts.store();
    try {
      expect(await problemOf(pull(store))).toEqual([
        'fetch-failed: Cannot fetch "tampered"',
        `http://host/v2/${repository}/blobs/sha256:${hashOf("tampered")}: its content is another: its sha256 is ${hashOf("Tampered").slice(0, 12)}…`,
        "Name another address: what this one has is not what is locked",
      ]);
      expect([store.findContent(hashOf("tampered")), store.read(hashOf("good"))?.toString()]).toEqual([
        undefined,
        "good",
      ]);
    } finally {
      // Repositories of one registry share their contents.
      writeFileSync(server.fileOf(hashOf("tampered")), "tampered");
    }
  });

  test("says that there is no such tag, or something else", async () => {
    expect((await problemOf(pull()))[1]).toMatch(/^http:\/\/host: it is not there \(status 404\): MANIFEST_UNKNOWN/);
    const { digest } = await push([]);
    const other = { schemaVersion: 2, config: { mediaType: "x/y", digest, size: 1 }, layers: [] };
    const mediaType = "application/vnd.oci.image.manifest.v1+json";
    const config = {
      mediaType: "text/plain",
      digest: `sha256:${hashOf(description.toString())}`,
      size: description.length,
    };
    const body = JSON.stringify({ ...other, mediaType, config });
    const url = `http://${server.host}/v2/${repository}/manifests/one`;
    const { status } = await fetch(url, { method: "PUT", headers: { "content-type": mediaType }, body });
    expect([status, await problemOf(pull())]).toEqual([
      201,
      [
        `fetch-failed: Cannot pull "host/${repository}:one"`,
        "http://host: the tag names something that Firn did not push",
        "Name a tag that was pushed with firn cache push",
      ],
    ]);
  });

  test("says that nobody answers", async () => {
    await gate.stop();
    expect((await problemOf(pull()))[0]).toBe(`fetch-failed: Cannot pull "host/${repository}:one"`);
    gate = await new RegistryGate(server.host).start();
  });

  test("with nothing but a description works", async () => {
    await push([]);
    expect(await pull()).toMatchObject({ fetched: 0, contents: [] });
  });
});

test("addressesIn has a registry asked before mirrors, which give what it does not have", async () => {
  const [there, elsewhere] = texts.contents("there", "elsewhere");
  await push(there ? [there] : []);
  const addressOf = addressesIn(`${gate.host}/${repository}`);
  const store = texts.store();
  const wanted = [there, elsewhere].flatMap((content) =>
    content ? [{ ...content, addresses: [addressOf(content.sha256), `file://${content.file}`] }] : [],
  );
  gate.asked.length = 0;
  expect(await fetchContents({ store, wanted, environment: {} })).toMatchObject({ fetched: 2 });
  expect(gate.asked).toEqual(["GET blobs", "GET blobs"]);
  expect([store.read(hashOf("there"))?.toString(), store.read(hashOf("elsewhere"))?.toString()]).toEqual([
    "there",
    "elsewhere",
  ]);
});
