import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Diagnostic } from "@firn/diagnostic";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { makeScratch, RawRepository } from "../src/testing.ts";
import { makeCertificate } from "./certificate.ts";
import { type HttpGitOptions, startHttpGit } from "./http-git.ts";
import { startHttpServer } from "./http-server.ts";
import { reachBySsh } from "./ssh-reach.ts";
import { hasSshd } from "./sshd.ts";
import { TestClient } from "./test-client.ts";
import type { TestServer } from "./test-server.ts";

const account = { user: "ann", password: "open-sesame" };

function serve(): { readonly served: string; readonly repository: RawRepository; readonly commit: string } {
  const served = join(makeScratch(), "served");
  mkdirSync(served);
  const repository = new RawRepository(join(served, "core"));
  return { served, repository, commit: repository.commitFiles({ "flake.yaml": "name: core\n" }) };
}

async function serveByHttp(served: string, options: HttpGitOptions): Promise<TestServer> {
  const server = await startHttpGit(served, options);
  onTestFinished(server.close);
  return server;
}

/** Asks for the list and for the commit, and gives what both failed with. */
async function refusalsOf(client: TestClient, url: string, commit: string): Promise<readonly Diagnostic[]> {
  const source = { git: `${url}/core`, mirrors: [] };
  const list = await client.open().listRefs(source);
  const tree = await client.open().fetchTree({ source, commit, dir: "", submodules: false });
  expect([list.value, tree.value]).toEqual([undefined, undefined]);
  await vi.waitUntil(() => client.findProcesses().length === 0, { timeout: 5000 });
  return [...list.diagnostics, ...tree.diagnostics];
}

/** What both say, but for what was being done. */
function both(reason: string, fix: RegExp): unknown[] {
  const one = { code: "fetch-failed", why: expect.arrayContaining([reason]), fix: expect.stringMatching(fix) };
  return [one, one];
}

const notLetIn = both("The server does not let us in", /credential\.helper.*ssh-add/);

describe("by http with basic authentication", { timeout: 20_000 }, () => {
  test("whom git's credential helper knows is let in", async () => {
    const { served, repository, commit } = serve();
    const server = await serveByHttp(served, { account });
    const client = new TestClient();
    client.keepAccount(server.url, account);
    const source = { git: `${server.url}/core`, mirrors: [] };
    expect((await client.open().listRefs(source)).value?.head).toBe(commit);
    const { value } = await client.open().fetchTree(repository.request(commit, { source }));
    expect(value?.flakeFile).toBe("name: core\n");
  });

  test("whom it does not know is told how to be known, and asked nothing", async () => {
    const { served, commit } = serve();
    const server = await serveByHttp(served, { account });
    expect(await refusalsOf(new TestClient(), server.url, commit)).toMatchObject(notLetIn);
  });

  test("a wrong password is refused, and shown to nobody", async () => {
    const { served, commit } = serve();
    const server = await serveByHttp(served, { account });
    const client = new TestClient();
    // The helper forgets what is refused; the second question is that of an unknown.
    client.keepAccount(server.url, { user: "ann", password: "open-barley" });
    const diagnostics = await refusalsOf(client, server.url, commit);
    expect(diagnostics).toMatchObject(notLetIn);
    expect(JSON.stringify(diagnostics)).not.toContain("open-barley");
  });

  test("a user or a token in the address is shown to nobody", async () => {
    const { served, commit } = serve();
    const tls = makeCertificate(makeScratch());
    const server = await serveByHttp(served, { account, tls });
    const client = new TestClient({ GIT_SSL_CAINFO: tls.authorityPath });
    const url = server.url.replace("//", "//ghp_0123456789abcdef@");
    const diagnostics = await refusalsOf(client, url, commit);
    expect(diagnostics).toMatchObject(notLetIn);
    expect(JSON.stringify(diagnostics)).not.toContain("ghp_");
  });
});

describe("by https", { timeout: 20_000 }, () => {
  const untrusted = both("The encrypted connection cannot be trusted", /GIT_SSL_CAINFO/);

  test("a certificate that nobody vouches for is refused", async () => {
    const { served, commit } = serve();
    const server = await serveByHttp(served, { tls: makeCertificate(makeScratch()) });
    expect(await refusalsOf(new TestClient(), server.url, commit)).toMatchObject(untrusted);
  });

  test("a certificate of another authority is refused", async () => {
    const { served, commit } = serve();
    const server = await serveByHttp(served, { tls: makeCertificate(makeScratch()) });
    const { authorityPath } = makeCertificate(makeScratch());
    const client = new TestClient({ GIT_SSL_CAINFO: authorityPath });
    expect(await refusalsOf(client, server.url, commit)).toMatchObject(untrusted);
  });

  test("a server that sends us on to http is not followed", async () => {
    const { served, commit } = serve();
    const open = await serveByHttp(served, {});
    const tls = makeCertificate(makeScratch());
    const server = await startHttpServer((request, response) => {
      response.writeHead(302, { location: `${open.url}${request.url}` }).end();
    }, tls);
    onTestFinished(server.close);
    const client = new TestClient({ GIT_SSL_CAINFO: tls.authorityPath });
    expect(await refusalsOf(client, server.url, commit)).toMatchObject([
      { code: "forbidden-source" },
      { code: "forbidden-source" },
    ]);
  });
});

// Without a server for ssh these fail where everything is tested, and are left out elsewhere.
describe.runIf(hasSshd() || process.env["CI"] !== undefined)("by ssh", { timeout: 20_000 }, () => {
  test("a key that the server does not know is refused", async () => {
    const { served, commit } = serve();
    const { url, client } = await reachBySsh(served, { authorizedKeys: [] });
    expect(await refusalsOf(client, url, commit)).toMatchObject(notLetIn);
  });

  const unknown = both("The key of the host is not the one that is known, or none is known", /connect once by hand/);

  test("a host whose key is not known is refused, and not asked about", async () => {
    const { served, commit } = serve();
    const { url, ssh, client } = await reachBySsh(served);
    ssh.forget();
    expect(await refusalsOf(client, url, commit)).toMatchObject(unknown);
  });

  test("a host whose key is another one than before is refused", async () => {
    const { served, commit } = serve();
    const { url, ssh, client } = await reachBySsh(served);
    ssh.trust(url, ssh.publicKey);
    expect(await refusalsOf(client, url, commit)).toMatchObject(unknown);
  });

  test("a repository that is not there is named", async () => {
    const { served, commit } = serve();
    const { url, client } = await reachBySsh(served);
    expect(await refusalsOf(client, `${url}/none`, commit)).toMatchObject(
      both("The repository is not there, or only for others", /Check the address/),
    );
  });
});
