import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { ClosureMember } from "@firn/package-manager";
import { makeTools } from "../test-kit/real-tools.ts";
import { ordinaryUser, packTar, TemporaryBuilds } from "../test-kit/temporary-builds.ts";

const folder = mkdtempSync(join(tmpdir(), "firn-real-"));
let tools: readonly ClosureMember[] = [];
let tree = "";

beforeAll(async () => {
  chmodSync(folder, 0o755);
  ({ tools, tree } = await makeTools(["gcc", "make", "libc6-dev"], folder));
}, 240_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An archive of a program as authors publish them, with a folder above all. */
function packProgram(): Buffer {
  const source = join(folder, "archive/saw-1.7");
  mkdirSync(source, { recursive: true });
  const files = {
    "saw.c":
      '#include <stdio.h>\nint main(void) { printf("sawing with %s teeth, made %s\\n", TEETH, __DATE__); return 0; }\n',
    Makefile: [
      "prefix = /usr/local",
      "saw: saw.c",
      '\t$(CC) $(CFLAGS) -DTEETH=\\"$$(cat $(HOME)/teeth)\\" -o $@ $<',
      "install: saw",
      "\tinstall -D -m 755 saw $(DESTDIR)$(prefix)/bin/saw",
      "",
    ].join("\n"),
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(source, name), text);
  return packTar(join(folder, "archive"), "--xz");
}

test("buildPackage builds a program in C with gcc and make of Debian, the same as root and as somebody else", async () => {
  const builds = await new TemporaryBuilds(tree).start();
  try {
    const own = {
      name: "saw",
      version: "1.7",
      summary: "Saws wood",
      depends: ["libc6 (>= 2.34)"],
      sources: {
        saw: { ...builds.offer("saw.tar.xz", packProgram()), unpack: { strip: 2 } },
        teeth: { text: "7" },
      },
      build: {
        script: "cd saw; make -j2 CFLAGS='-O2 -g'; make install DESTDIR=$out prefix=/usr",
        tools: [{ name: "gcc" }, { name: "make" }, { name: "libc6-dev" }],
      },
    };
    const built = await builds.build(own, { tools });
    const said = execFileSync(join(builds.unpack(built), "usr/bin/saw"), { encoding: "utf8" });
    expect(said).toBe("sawing with 7 teeth, made Jan  1 1980\n");
    const { sha256, size } = built;
    expect(await builds.buildBy(ordinaryUser, own, tools)).toEqual({ sha256, size });
  } finally {
    await builds.remove();
  }
}, 120_000);
