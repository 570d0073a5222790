import { describe, expect, test } from "vitest";
import { ownArchitecture, type OwnPackage, ownVersion, recipeHash, type ToolPin } from "@firn/own-package";

const [one = "", other = ""] = ["1", "2"].map((digit) => digit.repeat(64));
const make: ToolPin = { name: "make", version: "4.3", architecture: "amd64", sha256: one };
const gcc: ToolPin = { name: "gcc", version: "12", architecture: "amd64", sha256: other };
const circumstances = { architecture: "amd64", tools: [make, gcc] };

const own: OwnPackage = {
  name: "saw",
  version: "1.7",
  summary: "Saws wood",
  depends: ["libc6 (>= 2.36)", "grease"],
  sources: {
    src: { address: "https://example.org/saw.tar.gz", sha256: one, unpack: { strip: 1 } },
    "saw.conf": { text: "teeth = 7\n" },
    art: { folder: "/flake/art", sha256: other },
  },
  build: { script: "make install", tools: [{ name: "make" }, { name: "gcc" }], environment: { A: "1", B: "2" } },
  install: { "etc/saw.conf": "saw.conf", "usr/bin/see": { link: "saw" } },
};

const hash = recipeHash(own, circumstances);

describe("recipeHash", () => {
  test("stays as it is: machines have packages whose versions are made of it", () => {
    expect(hash).toMatchInlineSnapshot(`"884ed9dfb39e5053d3d8e9889ad8c1a81f38e51d36f3afe73af5ab5fe5d93655"`);
  });

  test("does not depend on where sources come from, or on the order of keys", () => {
    const same: OwnPackage = {
      ...own,
      install: { "usr/bin/see": { link: "saw" }, "etc/saw.conf": { from: "saw.conf" } },
      sources: {
        art: { folder: "/elsewhere", sha256: other },
        "saw.conf": { text: "teeth = 7\n" },
        src: { address: "https://b.example/x", mirrors: ["http://c.example"], sha256: one, unpack: { strip: 1 } },
      },
      build: { script: "make install", tools: [], environment: { B: "2", A: "1" } },
      provides: [],
    };
    expect(recipeHash(same, { ...circumstances, tools: [gcc, make, gcc] })).toBe(hash);
  });

  test.each<[what: string, change: Partial<OwnPackage>]>([
    ["name", { name: "axe" }],
    ["version", { version: "1.8" }],
    ["architecture", { architecture: "all" }],
    ["summary", { summary: "Saws" }],
    ["depends", { depends: ["grease", "libc6 (>= 2.36)"] }],
    ["provides", { provides: ["saw"] }],
    ["conflicts", { conflicts: ["saw"] }],
    ["replaces", { replaces: ["saw"] }],
    ["script", { build: { script: "make", tools: [], environment: { A: "1", B: "2" } } }],
    ["environment", { build: { script: "make install", tools: [] } }],
    ["install", { install: { "etc/saw.conf": { from: "saw.conf", mode: "0600" }, "usr/bin/see": { link: "saw" } } }],
    ["source", { sources: { ...own.sources, src: { address: "x", sha256: other, unpack: { strip: 1 } } } }],
    ["how it is unpacked", { sources: { ...own.sources, src: { address: "x", sha256: one, unpack: true } } }],
    ["whether it is unpacked", { sources: { ...own.sources, src: { address: "x", sha256: one } } }],
    ["text", { sources: { ...own.sources, "saw.conf": { text: "" } } }],
    ["mode", { sources: { ...own.sources, "saw.conf": { text: "teeth = 7\n", mode: "0600" } } }],
    ["folder", { sources: { ...own.sources, art: { folder: "/flake/art", sha256: one } } }],
  ])("is another with another %s", (_, change) => {
    expect(recipeHash({ ...own, ...change }, circumstances)).not.toBe(hash);
  });

  test("is another with another file of the tools, or for another architecture", () => {
    expect(recipeHash(own, { ...circumstances, tools: [make, { ...gcc, sha256: one }] })).not.toBe(hash);
    expect(recipeHash(own, { ...circumstances, architecture: "arm64" })).not.toBe(hash);
  });

  test("is the same for every architecture where nothing is built", () => {
    const { build: _, ...plain } = own;
    expect(recipeHash(plain, { architecture: "arm64" })).toBe(recipeHash(plain, { architecture: "amd64" }));
  });
});

test("ownArchitecture is what is said, otherwise that of what builds, and all of the rest", () => {
  const { build: _, ...plain } = own;
  const architectures = [own, plain, { ...plain, architecture: "arm64" }].map((each) =>
    ownArchitecture(each, circumstances),
  );
  expect(architectures).toEqual(["amd64", "all", "arm64"]);
});

test("ownVersion adds the beginning of the hash", () => {
  expect(ownVersion({ version: "2:1.7-3" }, "0123456789abcdef")).toBe("2:1.7-3+firn.0123456789");
});
