import { describe, expect, test } from "vitest";
import { checkOwnPackage, type OwnPackage } from "@firn/own-package";

const sha256 = "0".repeat(64);
const plain: OwnPackage = { name: "saw", version: "1.7", summary: "Saws wood" };

/** What is said of a package that is this one but for some parts. */
function complaints(change: Partial<OwnPackage>): string[] {
  return checkOwnPackage({ ...plain, ...change }).map(({ code, message, optionPath = [] }) =>
    [code, optionPath.join(" "), message].join("; "),
  );
}

describe("checkOwnPackage", () => {
  test("takes what packages can be", () => {
    const good: OwnPackage = {
      name: "libsaw++-2.0",
      version: "1:1.7~rc1-2",
      architecture: "amd64",
      summary: "Saws",
      depends: ["libc6 (>= 2:2.36-1+b1)", "mawk | gawk (<< 5)", "python3:any"],
      provides: ["saw (= 1)"],
      sources: {
        ".": { address: "https://example.org/a.tgz", sha256, unpack: { strip: 1 } },
        "patches/a b.diff": { text: "" },
        art: { folder: "/flake/art", sha256 },
        tool: { address: "file:///a", mirrors: ["http://b"], sha256, mode: "0755" },
      },
      build: { script: "make", tools: [], environment: { CC: "gcc" } },
      install: { "usr/bin/saw": "saw", "etc/saw": { from: ".", mode: "0644" }, "usr/bin/see": { link: "saw" } },
    };
    expect(checkOwnPackage(good)).toEqual([]);
  });

  test.each<[change: Partial<OwnPackage>, complaint: string]>([
    [{ name: "Saw" }, 'name; Cannot make the package "Saw": no package can have that name'],
    [{ version: "v1" }, 'version; Cannot make the package "saw": "v1" is no version'],
    [{ version: "1 2" }, 'version; Cannot make the package "saw": "1 2" is no version'],
    [{ summary: "a\nEssential: yes" }, 'summary; Cannot make the package "saw": its summary is not one line'],
    [{ architecture: "x y" }, 'architecture; Cannot make the package "saw": "x y" is no architecture'],
    [{ depends: ["a (> 1)"] }, 'depends 0; Cannot make the package "saw": "a (> 1)" names no package'],
    [{ depends: ["bb", "a, b"] }, 'depends 1; Cannot make the package "saw": "a, b" names no package'],
    [{ provides: ["aa | bb"] }, 'provides 0; Cannot make the package "saw": "aa | bb" names no package'],
    [
      { sources: { "../a": { text: "" } } },
      'sources ../a; Cannot make the package "saw": "../a" is no path below a folder',
    ],
    [{ sources: { "/a": { text: "" } } }, 'sources /a; Cannot make the package "saw": "/a" is no path below a folder'],
    [
      { sources: { ".": { text: "" } } },
      'sources .; Cannot make the package "saw": a file cannot be the folder itself',
    ],
    [
      { sources: { a: { address: "ftp://x", sha256 } } },
      'sources a address; Cannot make the package "saw": "ftp://x" is no address',
    ],
    [
      { sources: { a: { address: "http://x", sha256: "A" } } },
      'sources a sha256; Cannot make the package "saw": the sha256 of "a" is none',
    ],
    [
      { sources: { a: { address: "http://x", sha256, unpack: { strip: -1 } } } },
      'sources a unpack; Cannot make the package "saw": -1 is no number of parts',
    ],
    [
      { sources: { a: { address: "http://x", sha256, unpack: true, mode: "0644" } } },
      'sources a mode; Cannot make the package "saw": what is unpacked has modes of its own',
    ],
    [{ sources: { a: { text: "", mode: "755" } } }, 'sources a mode; Cannot make the package "saw": "755" is no mode'],
    [
      { sources: { a: { folder: "/a", sha256 }, "a/b": { text: "" } } },
      'sources a/b; Cannot make the package "saw": its source "a/b" is within the source "a"',
    ],
    [
      { build: { script: "", tools: [], environment: { "A B": "", out: "" } } },
      'build environment A B; Cannot make the package "saw": "A B" is no name of a variable',
    ],
    [
      { build: { script: "", tools: [], environment: { out: "" } } },
      'build environment out; Cannot make the package "saw": "out" is set by the build',
    ],
    [{ install: { "bin/a": "a" } }, 'install bin/a; Cannot make the package "saw": /bin is a link to /usr/bin'],
    [
      { install: { "DEBIAN/postinst": "a" } },
      'install DEBIAN/postinst; Cannot make the package "saw": it would be taken for a script of the package',
    ],
    [
      { install: { a: "b/../../c" } },
      'install a; Cannot make the package "saw": "b/../../c" is no path below a folder',
    ],
    [{ install: { a: { link: "" } } }, 'install a; Cannot make the package "saw": its link leads nowhere'],
    [{ install: { a: { from: "b", mode: "9" } } }, 'install a mode; Cannot make the package "saw": "9" is no mode'],
  ])("refuses %j", (change, complaint) => {
    expect(complaints(change)[0]).toBe(`bad-manifest; ${complaint}`);
  });

  test("says what to write, and all that is wrong at once", () => {
    const problems = checkOwnPackage({ ...plain, name: "S", version: "", install: { "bin/saw": "saw" } });
    expect(problems.map(({ fix }) => fix)).toEqual([
      "Use small letters, digits, and + - .",
      'Begin with a digit: "1.7"',
      'Install it as "usr/bin/saw"',
    ]);
  });
});
