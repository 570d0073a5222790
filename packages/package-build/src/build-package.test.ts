import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { hashFolder } from "@firn/package-build";
import { buildTree, listPrograms } from "@firn/package-tree";
import { makeSmallTree, ordinaryUser, packTar, scripted, TemporaryBuilds } from "../test-kit/temporary-builds.ts";

const small = makeSmallTree();
let builds: TemporaryBuilds;
beforeEach(async () => void (builds = await new TemporaryBuilds(small.tree).start()));
afterAll(() => small.remove());
afterEach(() => builds.remove());

const plain = { name: "saw", version: "1.7", summary: "Saws wood" };

/** Everything that reads differently from one run to the next. */
function mask(text: string): string {
  return text
    .replaceAll(builds.folder, "/tmp")
    .replaceAll(/127\.0\.0\.1:\d+/g, "host")
    .replaceAll(/firn\.[0-9a-f]{10}/g, "firn.hash");
}

describe("buildPackage: without a script", () => {
  test("makes a package of a file from an address", async () => {
    const own = {
      ...plain,
      depends: ["libc6 (>= 2.36)"],
      sources: { saw: builds.offer("saw.sh", "#!/bin/sh\necho sawing\n") },
      install: { "usr/bin/saw": "saw", "etc/saw.conf": { from: "saw", mode: "0600" }, "usr/bin/see": { link: "saw" } },
    };
    const built = await builds.build(own);
    expect(built).toMatchObject({ isNew: true, size: readFileSync(builds.fileOf(built)).length });
    expect(builds.list(built)).toEqual([
      "-rw------- root/root 1980-01-01 etc/saw.conf",
      "-rwxr-xr-x root/root 1980-01-01 usr/bin/saw",
      "lrwxrwxrwx root/root 1980-01-01 usr/bin/see -> saw",
    ]);
    const files = builds.unpack(built);
    expect(readFileSync(join(files, "usr/bin/saw"), "utf8")).toBe("#!/bin/sh\necho sawing\n");
    expect(readFileSync(join(files, "DEBIAN/conffiles"), "utf8")).toBe("/etc/saw.conf\n");
    expect(readFileSync(join(files, "DEBIAN/md5sums"), "utf8")).toMatch(/^[0-9a-f]{32} {2}usr\/bin\/saw\n$/);
    const control = readFileSync(join(files, "DEBIAN/control"), "utf8");
    expect(control).toContain(`Package: saw\nVersion: ${built.candidate.version}\nArchitecture: all\n`);
    expect(control).toContain("Depends: libc6 (>= 2.36)\n");
  });

  test("makes one of an archive, of a file that is packed, and of files of the flake", async () => {
    const [top, flake] = ["top/saw-1.7", "flake"].map((path) => join(builds.folder, path));
    mkdirSync(join(top ?? "", "share"), { recursive: true });
    writeFileSync(join(top ?? "", "share/teeth"), "seven\n");
    writeFileSync(join(top ?? "", "run"), "#!/bin/sh\n", { mode: 0o750 });
    symlinkSync("share/teeth", join(top ?? "", "link"));
    mkdirSync(flake ?? "");
    writeFileSync(join(flake ?? "", "art"), "picture");
    const archive = execFileSync("gzip", ["-n"], { input: packTar(join(builds.folder, "top")) });
    const own = {
      ...plain,
      sources: {
        src: { ...builds.offer("saw.tar.gz", archive), unpack: { strip: 2 } },
        page: { ...builds.offer("saw.1.gz", execFileSync("gzip", { input: "a page" })), unpack: true },
        art: { folder: flake ?? "", sha256: hashFolder(flake ?? "") },
        "saw.conf": { text: "teeth = 7\n" },
      },
      install: {
        "usr/share/saw": "src",
        "usr/lib/saw/run": "src/link",
        "usr/share/man": "page",
        "usr/share/art": "art",
        "etc/saw.conf": "saw.conf",
      },
    };
    const built = await builds.build(own);
    expect(builds.list(built)).toEqual([
      "-rw-r--r-- root/root 1980-01-01 etc/saw.conf",
      "-rw-r--r-- root/root 1980-01-01 usr/lib/saw/run",
      "-rw-r--r-- root/root 1980-01-01 usr/share/art/art",
      "-rw-r--r-- root/root 1980-01-01 usr/share/man",
      "lrwxrwxrwx root/root 1980-01-01 usr/share/saw/link -> share/teeth",
      "-rwxr-xr-x root/root 1980-01-01 usr/share/saw/run",
      "-rw-r--r-- root/root 1980-01-01 usr/share/saw/share/teeth",
    ]);
    const files = builds.unpack(built);
    expect(readFileSync(join(files, "usr/lib/saw/run"), "utf8")).toBe("seven\n");
    expect(readFileSync(join(files, "usr/share/man"), "utf8")).toBe("a page");
  });

  test("makes one that only needs others", async () => {
    const built = await builds.build({ ...plain, depends: ["axe", "plane"] });
    expect(builds.list(built)).toEqual([]);
    expect(readFileSync(join(builds.unpack(built), "DEBIAN/control"), "utf8")).toContain("Depends: axe, plane\n");
  });

  test("refuses what no package can be", async () => {
    const problems = await builds.problemsOf({ ...plain, name: "../saw", install: { "bin/saw": "saw" } });
    expect(problems.map(({ code, optionPath }) => [code, optionPath])).toEqual([
      ["bad-manifest", ["name"]],
      ["bad-manifest", ["install", "bin/saw"]],
    ]);
  });
});

describe("buildPackage: sources that are not what they should be", () => {
  test("another file: tells both hashes, and the line to write", async () => {
    const { address, sha256 } = builds.offer("saw", "changed");
    const other = "0".repeat(64);
    const [problem] = await builds.problemsOf({ ...plain, sources: { saw: { address, sha256: other } } });
    expect(problem).toMatchObject({
      code: "integrity-mismatch",
      message: 'Cannot use "saw: saw": what is there is not what the package describes',
      why: [`It is at ${address}`, `Its sha256 is ${sha256}`, `The one described is ${other}`],
      fix: `Find out who changed it; once you trust it, write: sha256: "${sha256}"`,
    });
    expect(existsSync(join(builds.folder, "builds/unfinished"))).toBe(false);
  });

  test("a mirror that has another: the next address is asked", async () => {
    const good = builds.offer("good", "wanted");
    const { address } = builds.offer("bad", "other");
    const own = { ...plain, sources: { saw: { ...good, mirrors: [address] } }, install: { "usr/bin/saw": "saw" } };
    expect(builds.list(await builds.build(own))).toHaveLength(1);
    expect(builds.asked).toEqual(["/bad", "/good"]);
  });

  test("files that are not there: all are told at once", async () => {
    const [gone, lost] = ["gone", "lost"].map((name) => ({
      address: builds.offer(name, name).address.replace(name, "no"),
      sha256: "1".repeat(64),
    }));
    const problems = await builds.problemsOf({ ...plain, sources: { ...(gone && { gone }), ...(lost && { lost }) } });
    expect(problems.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'fetch-failed: Cannot fetch "saw: gone"',
      'fetch-failed: Cannot fetch "saw: lost"',
    ]);
  });

  test("a folder that has changed", async () => {
    const folder = join(builds.folder, "flake");
    mkdirSync(folder);
    const sha256 = hashFolder(folder);
    writeFileSync(join(folder, "new"), "");
    const [problem] = await builds.problemsOf({ ...plain, sources: { art: { folder, sha256 } } });
    expect(problem).toMatchObject({ code: "integrity-mismatch", message: `Cannot use "${folder}": it has changed` });
    const [gone] = await builds.problemsOf({ ...plain, sources: { art: { folder: `${folder}/none`, sha256 } } });
    expect(gone).toMatchObject({ code: "build-failed", message: `Cannot find "${folder}/none"` });
  });
});

describe("buildPackage: install", () => {
  test.each<[why: string, install: Record<string, string>]>([
    ['There is no "no" in the folder of the build', { "usr/bin/saw": "no" }],
    ['"out/hostname" leads out of the folder of the build', { "usr/bin/saw": "out/hostname" }],
    ["Something else of the package is there already", { "usr/bin/made": "made" }],
    ["Something else of the package is there already", { "usr/bin": "bin" }],
    ["Something else of the package is there already", { "usr/bin/made": "bin" }],
    ["Something else of the package is there already", { "usr/bin/made/saw": "made" }],
    ["Something else of the package is there already", { usr: "usr" }],
    ['"usr/link" is a link', { "usr/link/saw": "made" }],
  ])("refuses: %s", async (why, install) => {
    const script =
      "ln -s /etc out; touch made; mkdir -p $out/usr/bin bin usr/link; touch $out/usr/bin/made; ln -s /etc $out/usr/link; touch bin/made";
    const [problem] = await builds.problemsOf(scripted(script, { install }));
    expect(problem).toMatchObject({ code: "build-failed", why: [why] });
  });
});

describe("buildPackage: a script", () => {
  test("makes what is in $out, beside what is installed", async () => {
    const script = "install -D saw $out/usr/bin/saw; ln -s saw $out/usr/bin/see; mkdir -m 700 $out/usr/lib";
    const own = scripted(script, { sources: { saw: { text: "#!/bin/sh\n" } }, install: { "usr/lib/saw": "saw" } });
    const built = await builds.build(own);
    expect(builds.list(built)).toEqual([
      "-rwxr-xr-x root/root 1980-01-01 usr/bin/saw",
      "lrwxrwxrwx root/root 1980-01-01 usr/bin/see -> saw",
      "-rwxr-xr-x root/root 1980-01-01 usr/lib/saw",
    ]);
    expect(built.candidate).toMatchObject({
      architecture: "amd64",
      version: expect.stringMatching(/^1\.7\+firn\.[0-9a-f]{10}$/),
    });
    expect(builds.unfinished).toEqual([]);
  });

  test("gives the same to the last byte, whoever builds it, when and where", async () => {
    const script =
      "mkdir -p $out/usr/share; for i in c b a; do echo $i > $out/usr/share/$i; done; { id; pwd; env; uname -n; stat -c %Y saw; } > $out/usr/share/all";
    const own = scripted(script, { sources: { saw: { text: "a" } } }, { environment: { TEETH: "7" } });
    const first = await builds.build(own);
    const other = await new TemporaryBuilds(small.tree).start();
    try {
      const second = await other.build(own);
      expect(second).toEqual(first);
      expect(readFileSync(other.fileOf(second)).equals(readFileSync(builds.fileOf(first)))).toBe(true);
    } finally {
      await other.remove();
    }
    expect(
      readFileSync(join(builds.unpack(first), "usr/share/all"), "utf8")
        .split("\n")
        .toSorted(),
    ).toEqual([
      "",
      "/build",
      "315532800",
      "HOME=/build",
      "LC_ALL=C.UTF-8",
      "PATH=/usr/bin:/usr/sbin",
      "PWD=/build",
      "SOURCE_DATE_EPOCH=315532800",
      "TEETH=7",
      "TMPDIR=/tmp",
      "TZ=UTC",
      "build",
      "out=/out",
      "uid=65530(build) gid=65530(build) groups=65530(build)",
    ]);
  });

  test("sees nothing of the machine, has no network, and writes nowhere else", async () => {
    const script = [
      "set +e",
      "ls /; ls /home /root /etc/hostname /var/lib",
      "for path in /x /usr/x /etc/x /dev/x /proc/sys/kernel/hostname; do touch $path; done",
      `exec 2>&1; bash -c 'echo > /dev/tcp/192.0.2.1/80'; bash -c 'echo > /dev/tcp/127.0.0.1/${new URL(builds.offer("x", "x").address).port}'`,
      "cat; ls /proc/self/fd",
      "exit 3",
    ];
    const [problem] = await builds.problemsOf(scripted(script.join("\n")));
    const log = /"(.*)"/.exec(problem?.why?.at(-1) ?? "")?.[1] ?? "";
    const said = readFileSync(log, "utf8").replaceAll(/\/build\.sh: \d+: |bash: (?:line 1: )?/g, "");
    expect(said.split("\n")).toEqual([
      ..."bin build build.sh dev etc lib lib64 out proc tmp usr var".split(" "),
      ...["/home", "/root", "/etc/hostname", "/var/lib"].map(
        (path) => `ls: cannot access '${path}': No such file or directory`,
      ),
      ...["/x", "/usr/x", "/etc/x"].map((path) => `touch: cannot touch '${path}': Read-only file system`),
      "touch: cannot touch '/dev/x': Read-only file system",
      "touch: cannot touch '/proc/sys/kernel/hostname': Permission denied",
      "connect: Network is unreachable",
      "/dev/tcp/192.0.2.1/80: Network is unreachable",
      "connect: Connection refused",
      expect.stringMatching(/^\/dev\/tcp\/127\.0\.0\.1\/\d+: Connection refused$/),
      ..."0 1 2 3".split(" "),
      "",
    ]);
    expect(builds.asked).toEqual([]);
  });

  test("that fails is told with its last lines, and where all of them are", async () => {
    const script =
      "for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14; do echo line $i; done; printf '\\033[31mred\\033[0m\\n' >&2; no-such-tool";
    const [problem] = await builds.problemsOf(scripted(script));
    expect(problem).toMatchObject({ code: "build-failed", fix: "Correct the script, its sources or its tools" });
    expect(problem?.message).toBe('Cannot build the package "saw": its script ended with 127');
    expect(problem?.why?.map(mask)).toEqual([
      ...[5, 6, 7, 8, 9, 10, 11, 12, 13, 14].map((count) => `line ${count}`),
      "red",
      "/build.sh: 1: no-such-tool: not found",
      'All that it printed is in "/tmp/builds/logs/saw_1.7+firn.hash.log"',
    ]);
    expect(builds.unfinished).toEqual([]);
    const [killed] = await builds.problemsOf(scripted("kill -9 $$"));
    expect(killed?.message).toBe('Cannot build the package "saw": its script ended with 137');
  });

  test.each<[what: string, script: string]>([
    ['it has "/bin", which is a link to /usr/bin', "mkdir $out/bin"],
    ['it has "/DEBIAN", which would be scripts of the package', "mkdir $out/DEBIAN"],
    ['it has "/usr/pipe", which is no file, folder or link', "mkdir $out/usr; mkfifo $out/usr/pipe"],
    ['it has a name of two lines: "usr/a\\nb"', 'mkdir $out/usr; touch "$out/usr/a\nb"'],
    ["its script has put nothing in $out", "true"],
  ])("that leaves what is no package is told: %s", async (what, script) => {
    const [problem] = await builds.problemsOf(scripted(script));
    expect(problem).toMatchObject({ code: "build-failed", message: `Cannot pack the package "saw": ${what}` });
  });

  test("leaves nothing that cannot be removed or packed", async () => {
    const script =
      "mkdir -p $out/usr/shut box/in; touch $out/usr/shut/x; chmod 0 $out/usr/shut/x $out/usr/shut; chmod 500 box/in box";
    expect(builds.list(await builds.build(scripted(script)))).toEqual(["-r-------- root/root 1980-01-01 usr/shut/x"]);
    expect(builds.unfinished).toEqual([]);
  });

  test("ends with all that it has started", async () => {
    await builds.build(scripted("mkdir -p $out/usr; touch $out/usr/a; sleep 1000 & sleep 1001 &"));
    const running = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }).split("\n");
    expect(running.filter((line) => /^sleep 100[01]$/.test(line))).toEqual([]);
  });

  test("needs tools, and among them a shell", async () => {
    const own = scripted("true");
    const without = await builds.problemsOf(own, { makeTree: undefined }).catch((thrown: unknown) => thrown);
    expect(without).toMatchObject([{ code: "build-failed", fix: 'Name them: build: { tools: ["gcc", "make"] }' }]);
    const empty = join(builds.folder, "empty");
    mkdirSync(join(empty, "usr"), { recursive: true });
    const problems = await builds.problemsOf(own, { makeTree: () => Promise.resolve(empty) });
    expect(problems).toMatchObject([{ code: "no-namespace", fix: "Add a shell to the tools of the build: dash" }]);
  });
});

describe("buildPackage: its file", () => {
  const script = "mkdir -p $out/usr/bin $out/etc; echo '#!/bin/sh' > $out/usr/bin/saw; chmod 755 $out/usr/bin/saw";

  test.runIf(process.getuid?.() === 0)("is installed by dpkg, and so is another recipe over it, whole", async () => {
    const root = join(builds.folder, "root");
    mkdirSync(join(root, "var/lib/dpkg/updates"), { recursive: true });
    for (const name of ["status", "available"]) writeFileSync(join(root, "var/lib/dpkg", name), "");
    const options = [`--root=${root}`, "--force-not-root", "--force-bad-path", "--log=/dev/null"];
    const dpkg = (...args: readonly string[]): string =>
      execFileSync("dpkg", [...options, ...args], { encoding: "utf8", stdio: "pipe" });
    const [first, second] = [scripted(script), scripted(`${script}; echo 8 > $out/etc/teeth`)];
    for (const own of [first, second]) {
      const built = await builds.build(own);
      dpkg("--install", builds.fileOf(built));
      const query = ["--root", root, "-W", "-f", "${Status} ${Version}"];
      const said = execFileSync("dpkg-query", query, { encoding: "utf8" });
      expect(said).toBe(`install ok installed ${built.candidate.version}`);
      expect(dpkg("--verify")).toBe("");
    }
    expect(readFileSync(join(root, "etc/teeth"), "utf8")).toBe("8\n");
  });

  test("is joined to a tree", async () => {
    const { candidate, sha256 } = await builds.build(scripted(script));
    const packages = [{ ...candidate, sha256, file: builds.fileOf({ sha256 }) }];
    const tree = await buildTree({ packages, folder: join(builds.folder, "trees") });
    expect(listPrograms(tree).map(({ name }) => name)).toEqual(["saw"]);
  });
});

describe("buildPackage: a signal", () => {
  test("ends a script with all that it has started, and leaves nothing", async () => {
    const stop = new AbortController();
    const building = builds.build(scripted("sleep 1003 & sleep 1003"), {
      signal: stop.signal,
      progress: () => setImmediate(() => stop.abort(new Error("Stopped"))),
    });
    await expect(building).rejects.toThrow("Stopped");
    const running = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" });
    expect(running).not.toContain("\nsleep 1003");
    expect(builds.unfinished).toEqual([]);
  });
});

describe("buildPackage: what was built", () => {
  test("is not built again, nor is anything fetched or any tree made, as long as the store has it", async () => {
    const own = scripted("install -D saw $out/usr/bin/saw", { sources: { saw: builds.offer("saw", "x") } });
    const first = await builds.build(own);
    const asked = builds.asked.length;
    const never = (): Promise<string> => Promise.reject(new Error("It is asked for"));
    expect(await builds.build(own, { makeTree: never })).toEqual({ ...first, isNew: false });
    expect(builds.asked).toHaveLength(asked);
    rmSync(builds.fileOf(first));
    expect(await builds.build(own)).toEqual(first);
    writeFileSync(join(builds.folder, "cut"), "");
    chmodSync(builds.fileOf(first), 0o644);
    writeFileSync(builds.fileOf(first), "cut");
    expect(await builds.build(own)).toEqual(first);
    expect(readFileSync(builds.fileOf(first))).toHaveLength(first.size);
  });

  test("is another for another recipe, other tools and another date", async () => {
    const own = scripted("mkdir -p $out/usr; touch $out/usr/a");
    const first = await builds.build(own);
    const tools = [{ name: "dash", version: "1", architecture: "amd64", sha256: "0".repeat(64) }];
    const others = [
      await builds.build(own, { tools }),
      await builds.build(own, { date: 1_700_000_000 }),
      await builds.build({ ...own, summary: "Other" }),
    ];
    expect(new Set([first, ...others].map(({ sha256 }) => sha256)).size).toBe(4);
    expect(new Set([first, ...others].map(({ candidate }) => candidate.version)).size).toBe(3);
  });

  const curious = scripted(
    "mkdir -p $out/usr; { id; cat /etc/passwd; } > $out/usr/a; stat -c '%u %g %a' saw $out > $out/usr/b",
    { sources: { saw: { text: "" } } },
  );

  test("is the same by an ordinary user, who lets nobody else read what is new", async () => {
    const { sha256, size } = await builds.build(curious);
    const closed = ["/bin/sh", "-c", 'umask 077; exec "$@"', "sh"];
    const starter = [...ordinaryUser, ...closed];
    expect(await builds.buildBy(starter, curious)).toEqual({ sha256, size });
  });

  test("is the same in a container, whose root can become nobody else", async () => {
    const { sha256, size } = await builds.build(curious);
    expect(await builds.buildBy(["/usr/bin/unshare", "--user", "--map-root-user"], curious)).toEqual({ sha256, size });
  });

  test("is nothing where no namespace can be made, which is told with what allows it", async () => {
    const forbid = 'echo 0 > /proc/sys/user/max_user_namespaces; exec "$@"';
    const starter = ["/usr/bin/unshare", "--user", "--map-root-user", "/bin/sh", "-c", forbid, "sh"];
    expect(await builds.buildBy(starter, curious)).toMatchObject([
      {
        code: "no-namespace",
        message: "Cannot run a script in a sandbox: no namespace can be made",
        why: ["The system says: No space left on device"],
        fix: "sudo sysctl user.max_user_namespaces=15000",
      },
    ]);
  });

  test("is whole when an earlier build was killed, and nothing of that is left", async () => {
    const own = scripted(
      "mkdir -p $out/usr; touch /out/usr/begun; touch started; sleep $TEETH; touch $out/usr/done",
      {},
      { environment: { TEETH: "1002" } },
    );
    const folder = join(builds.folder, "builds");
    const command = [...(await builds.bundle("build-program.ts")), JSON.stringify({ folder, own, tree: small.tree })];
    const child = spawn(command[0] ?? "", command.slice(1), { stdio: "ignore" });
    const exit = once(child, "exit");
    const running = (): string[] =>
      execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })
        .split("\n")
        .filter((line) => line === "sleep 1002");
    try {
      await expect.poll(() => running().length, { timeout: 20_000 }).toBe(1);
    } finally {
      child.kill("SIGKILL");
      await exit;
    }
    await expect.poll(running, { timeout: 20_000 }).toEqual([]);
    expect(builds.unfinished).toHaveLength(1);
    const built = await builds.build(scripted("mkdir -p $out/usr; touch $out/usr/done"));
    expect(builds.list(built)).toEqual(["-rw-r--r-- root/root 1980-01-01 usr/done"]);
    expect(builds.unfinished).toEqual([]);
  });
});
