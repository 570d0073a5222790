import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BreakingServer, leadsTo, silentAfter, whole } from "../test/breaking-server.ts";
import { TemporaryDownload, want } from "../test/temporary-download.ts";
import { TestProxy } from "../test/test-proxy.ts";

let temporary: TemporaryDownload;
let safe: BreakingServer;
let plainProxy: TestProxy;
let safeProxy: TestProxy;
let environment: Record<string, string>;

beforeEach(async () => {
  temporary = await new TemporaryDownload().start();
  const certificate = makeCertificate();
  safe = await new BreakingServer(certificate).start();
  plainProxy = await new TestProxy(() => temporary.server.port).start();
  safeProxy = await new TestProxy(() => safe.port).start();
  environment = {
    http_proxy: plainProxy.address,
    https_proxy: `http://ada:secret@${safeProxy.address}`,
    SSL_CERT_FILE: join(temporary.folder, "cert.pem"),
  };
});
afterEach(async () => {
  await Promise.all([temporary.remove(), safe.stop(), plainProxy.stop(), safeProxy.stop()]);
});

/** Of "files.example" and of this machine. */
function makeCertificate(): { key: string; cert: string } {
  const names = ["-subj", "/CN=files.example", "-addext", "subjectAltName=DNS:files.example,IP:127.0.0.1"];
  const made = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  const files = ["-keyout", "key.pem", "-out", "cert.pem"];
  execFileSync("openssl", ["req", ...made, ...names, ...files], { cwd: temporary.folder, stdio: "ignore" });
  return { key: temporary.readFile("key.pem"), cert: temporary.readFile("cert.pem") };
}

describe("fetchContents through a proxy", () => {
  test("asks for http addresses in full, and tells the proxy nothing of its own", async () => {
    temporary.server.offer("/x?y", "content");
    await temporary.fetch([want("content", "http://eve:hidden@files.example/x?y")], { environment });
    expect(plainProxy.asked).toEqual(["GET http://files.example/x?y"]);
    expect(temporary.server.requests[0]?.authorization).toBe(`Basic ${Buffer.from("eve:hidden").toString("base64")}`);
    expect(temporary.read("content")).toBe("content");
  });

  test("asks for https addresses in a tunnel, as few as there are connections", async () => {
    const texts = ["one", "two", "three", "four"];
    for (const text of texts) safe.offer(`/${text}`, text);
    const wanted = texts.map((text) => want(text, `https://files.example/${text}`));
    await temporary.fetch(wanted, { environment, connections: 1 });
    expect(safeProxy.asked).toEqual(["CONNECT files.example:443 by ada:secret"]);
    expect(texts.map((text) => temporary.read(text))).toEqual(texts);
  });

  test("says that the proxy refuses, without what was told to it", async () => {
    safeProxy.refuses = 407;
    plainProxy.refuses = 502;
    const said = await temporary.fail([want("x", "https://files.example/x", "http://files.example/x")], {
      environment,
    });
    expect(said.slice(1, 3)).toEqual([
      "https://files.example/x: the proxy does not connect us: the proxy wants to know who asks (status 407)",
      "http://files.example/x: the server failed to give it (status 502)",
    ]);
    expect(said.join("\n")).not.toContain("secret");
  });

  test("says that the proxy is not there, or none of http", async () => {
    await safeProxy.stop();
    const gone = await temporary.fail([want("x", "https://files.example/x")], { environment });
    expect(gone[1]).toMatch(/: the proxy does not connect us: .*ECONNREFUSED/);
    const other = { http_proxy: "socks5://ada:secret@proxy:1080" };
    const said = await temporary.fail([want("x", "http://files.example/x")], { environment: other });
    expect(said[1]).toMatch(/: the proxy "socks5:\/\/proxy:1080" is not one of http, /);
  });

  test("stops while the tunnel is not there yet", async () => {
    const stop = new AbortController();
    const silent = await new TestProxy(() => {
      stop.abort(new Error("stopped by the user"));
      return temporary.mirror.port;
    }).start();
    try {
      temporary.mirror.offer("/", "", silentAfter(0));
      const through = { ...environment, https_proxy: silent.address };
      const options = { environment: through, signal: stop.signal };
      await expect(temporary.fetch([want("x", "https://files.example/x")], options)).rejects.toThrow("by the user");
      expect(temporary.unfinished).toEqual([]);
    } finally {
      await silent.stop();
    }
  });
});

describe("fetchContents by https", () => {
  test("trusts the certificates in SSL_CERT_FILE", async () => {
    await temporary.fetch([want("content", safe.offer("/x", "content", whole))], { environment });
    expect(temporary.read("content")).toBe("content");
  });

  test("says that a certificate is not trusted, and how to trust it", async () => {
    const said = await temporary.fail([want("content", safe.offer("/x", "content", whole))]);
    expect(said.slice(1)).toEqual([
      "https://host/x: the certificate of the host is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)",
      "Check the certificate, or name your own authority: export SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt",
    ]);
  });

  test("says that SSL_CERT_FILE cannot be read", async () => {
    const missing = { SSL_CERT_FILE: join(temporary.folder, "missing.pem") };
    const said = await temporary.fail([want("content", safe.offer("/x", "content", whole))], { environment: missing });
    expect(said[1]).toMatch(/: the certificates that SSL_CERT_FILE names cannot be read: ".*missing\.pem"$/);
  });

  test("does not trust a certificate of another name", async () => {
    const address = safe.offer("/x", "content", whole).replace("127.0.0.1", "localhost");
    const said = await temporary.fail([want("content", address)], { environment });
    expect(said[1]).toMatch(/the certificate of the host is not trusted \(ERR_TLS_CERT_ALTNAME_INVALID\)/);
  });

  test("is not led to http", async () => {
    const address = safe.offer("/x", "content", leadsTo(temporary.server.offer("/x", "content")));
    expect((await temporary.fail([want("content", address)], { environment }))[1]).toMatch(
      /it leads from https to http/,
    );
    expect(temporary.server.asked).toEqual([]);
  });
});
