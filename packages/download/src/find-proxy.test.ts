import { isLoopback } from "@firn/download";
import { expect, test } from "vitest";
import { type Environment, findProxy } from "./find-proxy.ts";

const http = { http_proxy: "http://proxy:3128" };
const https = { https_proxy: "http://safe:3128" };

/** The address, the variables, and which proxy is used. */
const cases: readonly [string, Environment, string | undefined][] = [
  ["http://files.example/x", {}, undefined],
  ["http://files.example/x", http, "http://proxy:3128/"],
  ["https://files.example/x", http, undefined],
  ["https://files.example/x", { ...http, ...https }, "http://safe:3128/"],
  ["https://files.example/x", { HTTPS_PROXY: "safe:3128" }, "http://safe:3128/"],
  ["http://files.example/x", { HTTP_PROXY: "http://proxy:3128" }, undefined],
  ["http://files.example/x", { all_proxy: "socks5://proxy:1080" }, "socks5://proxy:1080"],
  ["https://files.example/x", { ALL_PROXY: "http://proxy" }, "http://proxy/"],
  ["http://files.example/x", { ...http, http_proxy: "" }, undefined],
  ["http://files.example/x", { http_proxy: "http://" }, undefined],
  ["http://files.example/x", { ...http, no_proxy: "*" }, undefined],
  ["http://files.example/x", { ...http, no_proxy: "other.example, Example" }, undefined],
  ["http://files.example/x", { ...http, NO_PROXY: ".example" }, undefined],
  ["http://files.example/x", { ...http, no_proxy: "*.files.example files.example" }, undefined],
  ["http://files.example/x", { ...http, no_proxy: "les.example,,:80" }, "http://proxy:3128/"],
  ["http://files.example/x", { ...http, no_proxy: "files.example:80" }, undefined],
  ["http://files.example/x", { ...http, no_proxy: "files.example:8080" }, "http://proxy:3128/"],
  ["https://files.example/x", { ...https, no_proxy: "files.example:443" }, undefined],
  ["http://[2001:db8::1]/x", { ...http, no_proxy: "[2001:db8::1]" }, undefined],
  ["http://localhost:5000/x", http, undefined],
  ["http://127.0.0.2/x", http, undefined],
];

test.each(cases)("findProxy of %s with %o is %s", (address, environment, expected) => {
  expect(findProxy(new URL(address), environment)?.href).toBe(expected);
});

test.each([
  ["localhost", true],
  ["registry.localhost", true],
  ["127.1.2.3", true],
  ["[::1]", true],
  ["127.0.0.1.example", false],
  ["notlocalhost", false],
  ["[::2]", false],
])("isLoopback of %s is %s", (hostname, expected) => {
  expect(isLoopback(hostname)).toBe(expected);
});
