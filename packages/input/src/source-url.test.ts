import { parseSourceUrl } from "@firn/input";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

describe("parseSourceUrl accepts", () => {
  test.each([
    ["https://git.example/acme/core", "https"],
    ["https://git.example:8443/acme/core.git", "https"],
    ["https://ann@git.example/acme/core", "https"],
    ["https://[::1]:8443/core", "https"],
    ["https://git.example/a%20b", "https"],
    ["ssh://git@git.example/acme/core", "ssh"],
    ["ssh://git@git.example:2222/~ann/core", "ssh"],
    ["ssh://git@[2001:db8::1]:2222/core", "ssh"],
    ["git@git.example:acme/core.git", "ssh"],
    ["git@git.example:/srv/core", "ssh"],
    ["git://git.example/core", "git"],
    ["git://127.0.0.1:9418/core", "git"],
    ["http://127.0.0.1:8080/core", "http"],
    ["file:///srv/git/core", "file"],
  ])("%s", (url, transport) => {
    expect(parseSourceUrl(url)).toStrictEqual({ value: { url, transport } });
  });
});

const option = 'it starts with "-", which git would take for an option';
const helper = 'it has "::", by which git runs programs of its own';
const blank = "it has a space or a control character";
const unknown = "it starts with none of https://, ssh://, git://, http://, file://";

describe("parseSourceUrl refuses", () => {
  test.each([
    ["an option", "--upload-pack=touch", option],
    ["an option with a blank", "--upload-pack=touch /tmp/x", blank],
    ["a short option", "-u./x", option],
    ["bundled short options", "-vu./x", option],
    ["an option before the user of scp", "-oProxyCommand=x@host:path", option],
    ["a transport helper", "ext::sh", helper],
    ["a transport helper with arguments", "ext::sh -c id", blank],
    ["another transport helper", "fd::17/foo", helper],
    ["a transport helper in capitals", "EXT::sh", helper],
    ["a helper behind an address", "https://git.example/ext::sh", helper],
    ["a helper that looks like an address of IPv6", "ext::[::1]/x", helper],
    ["an address of IPv6 with a helper behind it", "https://[::1]/ext::sh", helper],
    ["a host that is an option", "ssh://-oProxyCommand=x/core", 'its host starts with "-"'],
    ["a host that is an option, behind a user", "ssh://git@-oProxyCommand=x/core", 'its host starts with "-"'],
    ["a host that is an option, encoded", "ssh://%2DoProxyCommand=x/core", 'its host starts with "-"'],
    ["a user that is an option", "ssh://-oProxyCommand=x@host/core", 'its user starts with "-"'],
    ["a user that is an option, encoded", "ssh://%2doProxyCommand=x@host/core", 'its user starts with "-"'],
    ["a host of scp that is an option", "git@-oProxyCommand:core", 'its host starts with "-"'],
    ["a path of scp that is an option", "git@host:--upload-pack=x", 'its path starts with "-"'],
    ["a path that is an option", "ssh://host/--upload-pack=x", 'its path starts with "-"'],
    ["a path that is an option, encoded", "ssh://host/%2d-upload-pack=x", 'its path starts with "-"'],
    ["a bare path", "/srv/git/core", unknown],
    ["a relative path", "../core", unknown],
    ["a bundle", "core.bundle", unknown],
    ["a file of another host", "file://host/srv/core", "it has a host: write file:/// with three slashes"],
    ["another scheme", "ftp://git.example/core", unknown],
    ["a scheme in capitals", "HTTPS://git.example/core", unknown],
    ["a scheme with git before it", "git+ssh://git.example/core", unknown],
    ["a password", "https://ann:secret@git.example/core", "it has a password, which everybody could read in the lock"],
    [
      "a password of ssh",
      "ssh://ann:secret@git.example/core",
      "it has a password, which everybody could read in the lock",
    ],
    ["a password in the short form", "ann:secret@git.example:core", unknown],
    ["a user where there can be none", "git://ann@git.example/core", "it names a user"],
    ["no host", "https:///core", "it has no host"],
    ["no host but a user", "ssh://git@/core", "it is not an address"],
    ["no path", "https://git.example", "it has no path"],
    ["an empty path", "https://git.example/", "it has no path"],
    ["a port that is none", "https://git.example:port/core", "it is not an address"],
    [
      "a query",
      "https://git.example/core?ref=main",
      'it has "?" or "#": what to take of the repository has fields of its own',
    ],
    [
      "a fragment",
      "https://git.example/core#v1",
      'it has "?" or "#": what to take of the repository has fields of its own',
    ],
    ["a new line", "https://git.example/core\n", blank],
    ["a carriage return", "https://git.example/core\r", blank],
    ["a zero byte", "https://git.example/core\u0000", blank],
    ["a sign that turns the direction of text", "https://git.example/\u202Eeroc", blank],
    ["a control character above ASCII", "https://git.example/\u009B31m", blank],
    ["a backslash, which is a slash to some", "https://git.example\\@evil.example/core", 'it has "\\"'],
    ["nothing", "", unknown],
  ])("%s", (_attack, url, problem) => {
    expect(parseSourceUrl(url)).toStrictEqual({ problem });
  });
});

const piece = fc.constantFrom(
  "https",
  "ssh",
  "file",
  "git",
  "ext",
  "://",
  "::",
  ":",
  "/",
  "-",
  "--o",
  "@",
  "host",
  "a.b",
  "%2d",
  "[",
  "]",
  "?",
  " ",
  "\\",
  "..",
  "é",
);
const address = fc.array(piece, { maxLength: 9 }).map((parts) => parts.join(""));

describe("parseSourceUrl", () => {
  test("accepts nothing that git could take for an option or a helper", () => {
    const accepted = fc
      .sample(address, { numRuns: 3000, seed: 1 })
      .filter((url) => parseSourceUrl(url).value !== undefined);
    expect(accepted.length).toBeGreaterThan(0);
    expect(
      accepted.filter((url) => /^-|^[\w+.-]*::|[:/@](?:-|%2d)|\s/i.test(url.replace(/(?<=\/\/.*\/.*)-/g, ""))),
    ).toStrictEqual([]);
  });

  test("gives the address back as it is, or says why not, whatever the text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), address), (url) => {
        const { value, problem } = { problem: undefined, ...parseSourceUrl(url) };
        expect(value?.url ?? problem).toBe(problem ?? url);
        expect(problem).not.toBe("");
      }),
    );
  });
});
