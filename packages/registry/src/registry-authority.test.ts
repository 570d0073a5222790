import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fetchContents } from "@firn/download";
import {
  addressesIn,
  openAuthority,
  pullTag,
  type Pushed,
  pushContents,
  type RegistryCredentials,
} from "@firn/registry";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { problemOf, PushedTexts } from "../test/pushed-texts.ts";
import { RegistryGate } from "../test/registry-gate.ts";
import { TestRegistry } from "./test-registry.ts";

/** "ada" with the password "secret", hashed as htpasswd -B does. */
const passwords = "ada:$2b$04$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW\n";
const ada: RegistryCredentials = { username: "ada", password: "secret" };

let texts: PushedTexts;
let server: TestRegistry;
let gate: RegistryGate;
beforeEach(() => void (texts = new PushedTexts()));
afterEach(async () => {
  texts.remove();
  await gate.stop();
  await server.stop();
});

async function start(lines?: string): Promise<void> {
  server = await new TestRegistry(lines).start();
  gate = await new RegistryGate(server.host).start();
}

/** Pushes as somebody. @param host of the registry, or of the gate before it */
function push(host: string, credentials?: RegistryCredentials): Promise<Pushed> {
  const contents = texts.contents("a", "b", "c");
  const who = credentials && { credentials };
  const environment = { HOME: texts.folder };
  return pushContents({
    registry: `${host}/firn/web`,
    tag: "one",
    contents,
    description: Buffer.from("x"),
    environment,
    ...who,
  });
}

/** Writes what `docker login` does. */
function logIn(folder: string, host: string): void {
  mkdirSync(folder, { recursive: true });
  const auths = { "other:5000": { auth: "eDp5" }, [host]: { auth: Buffer.from("ada:secret").toString("base64") } };
  writeFileSync(join(folder, "config.json"), JSON.stringify({ auths, credsStore: "pass" }));
}

describe("a registry with passwords", () => {
  beforeEach(() => start(passwords));

  test("is told who asks, to push and to pull", async () => {
    expect(await push(server.host, ada)).toMatchObject({ sent: 3 });
    const options = { registry: `${server.host}/firn/web`, tag: "one", store: texts.store(), environment: {} };
    expect(await pullTag({ ...options, credentials: ada })).toMatchObject({ fetched: 3 });
    expect((await problemOf(pullTag(options)))[2]).toBe("Log in: docker login host");
  });

  test.each([
    ["nobody", undefined],
    ["a wrong password", { username: "ada", password: "hidden" }],
  ])("refuses %s, and nothing of a password is told", async (_who, credentials) => {
    const said = await problemOf(push(server.host, credentials));
    expect(said).toEqual([
      'push-failed: Cannot push to "host/firn/web:one"',
      "http://host: the server wants to know who asks (status 401)",
      "Log in: docker login host",
    ]);
  });

  test("is told what docker login left", async () => {
    logIn(join(texts.folder, ".docker"), server.host);
    expect(await push(server.host)).toMatchObject({ sent: 3 });
    logIn(join(texts.folder, "elsewhere"), `https://${server.host}/v1/`);
    const environment = { HOME: "/", DOCKER_CONFIG: join(texts.folder, "elsewhere") };
    const options = { registry: `${server.host}/firn/web`, tag: "one", store: texts.store(), environment };
    expect(await pullTag(options)).toMatchObject({ fetched: 3 });
  });

  test("is an address of fetchContents like others", async () => {
    await push(server.host, ada);
    const registry = `${server.host}/firn/web`;
    const wanted = texts
      .contents("a", "b", "c")
      .map((content) => ({ ...content, addresses: [addressesIn(registry)(content.sha256)] }));
    const authority = openAuthority(registry, { credentials: ada });
    expect(await fetchContents({ wanted, store: texts.store(), authority, environment: {} })).toMatchObject({
      fetched: 3,
    });
  });
});

describe("a registry with tokens", () => {
  beforeEach(async () => {
    await start();
    gate.realm = `http://${gate.host}/token`;
  });

  test("is asked with one, which a password obtains once", async () => {
    expect(await push(gate.host, ada)).toMatchObject({ sent: 3 });
    expect(gate.tokens).toEqual(["ada:secret the registry repository:firn/web:pull,push"]);
    expect(gate.asked.filter((asked) => asked === "PUT uploads")).toHaveLength(4);
  });

  test("is asked with a new one when the old one is no longer valid", async () => {
    const store = texts.store();
    await push(gate.host, ada);
    const options = { registry: `${gate.host}/firn/web`, tag: "one", store, environment: {}, credentials: ada };
    const expire = (): void => gate.expire();
    expect(await pullTag({ ...options, connections: 1, progress: expire })).toMatchObject({ fetched: 3 });
  });

  test("refuses whoever gets none", async () => {
    expect((await problemOf(push(gate.host, { username: "ada", password: "hidden" })))[1]).toMatch(/status 401/);
    expect((await problemOf(push(gate.host)))[2]).toBe("Log in: docker login host");
    expect(server.tags("firn/web")).toEqual([]);
  });

  test.each(["http://files.example/token", "ftp://host", "no address"])(
    "is not believed that %s gives them",
    async (realm) => {
      gate.realm = realm;
      expect((await problemOf(push(gate.host, ada)))[1]).toBe(
        "http://host: tokens for it are given where it is not safe to ask",
      );
      expect(gate.tokens).toEqual([]);
    },
  );
});
