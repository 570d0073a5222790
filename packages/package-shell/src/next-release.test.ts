import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ShellCommand, writeShellStart, writeWrappers } from "@firn/package-shell";
import { readTreeDescription } from "@firn/package-tree";
import { buildNextRelease } from "../test-kit/next-release.ts";
import { runAsUser } from "../test-kit/ordinary-user.ts";

/** A program, the package that it is of, and how it is asked for its version. */
const programs: readonly (readonly [program: string, from: string, ...args: string[]])[] = [
  // The seventeen on which trees were tried first.
  ["rg", "ripgrep", "--version"],
  ["jq", "jq", "--version"],
  ["node", "nodejs", "--version"],
  ["psql", "postgresql-client-17", "--version"],
  ["python3", "python3.13", "--version"],
  ["gcc", "gcc-14", "--version"],
  ["cc", "gcc-14", "--version"],
  ["git", "git", "--version"],
  ["curl", "curl", "--version"],
  ["vi", "vim", "--version"],
  ["vim.tiny", "vim-tiny", "--version"],
  ["bash", "bash", "--version"],
  ["awk", "gawk", "--version"],
  ["perl", "perl", "-e", "printf '%vd', $^V"],
  ["ls", "coreutils", "--version"],
  ["id", "coreutils", "--version"],
  // Those that people use besides.
  ["make", "make", "--version"],
  ["cmake", "cmake", "--version"],
  ["ruby", "ruby3.3", "--version"],
  ["lua", "lua5.4", "-v"],
  ["sqlite3", "sqlite3", "--version"],
  ["tmux", "tmux", "-V"],
  ["htop", "htop", "--version"],
  ["tree", "tree", "--version"],
  ["fdfind", "fd-find", "--version"],
  ["batcat", "bat", "--version"],
  ["fzf", "fzf", "--version"],
  ["nano", "nano", "--version"],
  ["php", "php8.4-cli", "--version"],
  ["convert", "imagemagick-7.q16", "-version"],
  ["yq", "yq", "--version"],
  ["rsync", "rsync", "--version"],
  ["gpg", "gpg", "--version"],
  ["openssl", "openssl", "version"],
  ["zsh", "zsh", "--version"],
  ["fish", "fish", "--version"],
  ["busybox", "busybox"],
  ["mawk", "mawk", "-W", "version"],
  ["xz", "xz-utils", "--version"],
  ["zstd", "zstd", "--version"],
  ["tar", "tar", "--version"],
  ["sed", "sed", "--version"],
  ["patch", "patch", "--version"],
  ["bison", "bison", "--version"],
  ["yacc", "bison", "--version"],
  ["flex", "flex", "--version"],
  ["wget", "wget", "--version"],
  ["file", "file", "--version"],
  ["less", "less", "--version"],
  ["pager", "less", "--version"],
  ["zip", "zip", "--version"],
  ["bc", "bc", "--version"],
  ["shellcheck", "shellcheck", "--version"],
];

/** What a closure is asked for besides. */
const others = [
  "ca-certificates",
  "gcc",
  "libc6-dev",
  "openssh-client",
  "lua5.4",
  "php-cli",
  "imagemagick",
  "python3",
  "ruby",
  "ripgrep",
];

const folder = mkdtempSync(join(tmpdir(), "firn-next-"));
let tree = "";
/** Wrappers of all programs of the tree. */
let wrappers = "";

beforeAll(async () => {
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, "home"));
  chmodSync(join(folder, "home"), 0o777);
  tree = await buildNextRelease([...new Set([...programs.map(([, from]) => from), ...others])], folder);
  wrappers = writeWrappers({ folder: join(folder, "wrappers"), tree });
}, 240_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program of the tree by its wrapper, as an ordinary user. */
async function runWrapped(program: string, args: readonly string[], user?: number): Promise<string> {
  const { status, text } = await runAsUser([join(wrappers, program), ...args], { ...(user && { user }) });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${text}`);
  return text;
}

/** The first two numbers of a package's version, which are those of the program. */
function versionOf(name: string): string {
  const { packages } = readTreeDescription(tree);
  const version = packages.find((one) => one.name === name)?.version ?? `none of ${name}`;
  return version.replace(/^\d+:/, "").replace(/^(\d+(?:\.\d+)?).*$/, "$1");
}

describe("writeWrappers: programs of the next release on this one, as an ordinary user", () => {
  test.each(programs)("%s is that of %s in the tree", async (program, from, ...args) => {
    expect(await runWrapped(program, args)).toContain(versionOf(from));
  });

  test("ssh is that of the tree, and knows users of the machine", async () => {
    expect(await runWrapped("ssh", ["-V"], 65_534)).toContain(`OpenSSH_${versionOf("openssh-client")}`);
  });

  test("cc finds its compiler, its linker, headers and libraries in the tree, and so does what it made", async () => {
    const script = [
      "cd $(mktemp -d)",
      "echo '#include <gnu/libc-version.h>\n#include <stdio.h>\nint main(void) { puts(gnu_get_libc_version()); }' > a.c",
      "cc a.c -o a",
      "./a; rm a a.c; rmdir $PWD",
    ];
    expect(await runWrapped("dash", ["-ec", script.join("\n")])).toBe(`${versionOf("libc6")}\n`);
  });

  test("git runs the programs that it is made of", async () => {
    const script = "cd $(mktemp -d); git init -q .; git -c user.name=a -c user.email=b commit -q --allow-empty -m c";
    expect(await runWrapped("sh", ["-ec", `${script}; git log --format=%s; rm -r $PWD`])).toBe("c\n");
  });

  test("python3, node, perl, ruby and php find their own modules", async () => {
    expect(await runWrapped("python3", ["-c", "import ssl, sqlite3, sys; print(sys.prefix)"])).toBe("/usr\n");
    expect(await runWrapped("node", ["-p", "require('acorn') && process.execPath"])).toBe("/usr/bin/node\n");
    expect(await runWrapped("perl", ["-MPOSIX", "-e", "print $INC{'POSIX.pm'}"])).toMatch(/^\/usr\/lib\//);
    expect(await runWrapped("ruby", ["-rjson", "-e", "print JSON.dump([1])"])).toBe("[1]");
    expect(await runWrapped("php", ["-r", "echo json_encode([1]);"])).toBe("[1]");
  });

  test("zsh and fish show where they are, and look for programs in the tree first", async () => {
    const environment = { PATH: "/opt/bin", HOME: join(folder, "home") };
    const start = (shell: string): ShellCommand =>
      writeShellStart({ shell, prompt: "a%'b", folder: join(folder, "start"), environment });
    const run = async (shell: string, script: string): Promise<string> => {
      const { args, environment: more } = start(`/usr/bin/${shell}`);
      const command = [join(wrappers, shell), ...args, "-i", "-c", script];
      return (await runAsUser(command, { environment: { ...environment, ...more } })).text.trim();
    };
    writeFileSync(join(folder, "home/.zshrc"), "PROMPT='mine> ' PATH=/home/bin:$PATH");
    expect(await run("zsh", 'print -P "$PROMPT"; print "$PATH $+ZDOTDIR"')).toBe(
      `(a%'b) mine> \n/usr/bin:/usr/sbin:/home/bin:/opt/bin 1`,
    );
    expect(await run("fish", "fish_prompt; echo; echo $PATH")).toMatch(
      /^\(a%'b\) .*\n\/usr\/bin \/usr\/sbin \/opt\/bin$/,
    );
  });

  test("certificates of the tree are trusted where the machine has none", async () => {
    const bundle = "/usr/lib/firn/certificates.pem";
    const count = `import ssl; print(len(ssl.create_default_context(cafile="${bundle}").get_ca_certs()) > 100)`;
    expect(await runWrapped("python3", ["-c", count])).toBe("True\n");
  });
});
