import { chmodSync, cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { renderWrapper } from "@firn/package-shell";
import { runAsUser } from "../test-kit/ordinary-user.ts";
import { SmallTree } from "../test-kit/small-tree.ts";

// The kernel allows no user namespace to whoever is in another root, and there these settings can be what a test says.
describe.runIf(process.getuid?.() === 0)("renderWrapper: where a user may make no namespace", () => {
  const small = new SmallTree();
  const root = join(small.folder, "root");

  beforeAll(async () => {
    const tree = await small.build({ own: "echo own" });
    cpSync(join(tree, "usr"), join(root, "usr"), { recursive: true, verbatimSymlinks: true });
    for (const name of ["bin", "sbin", "lib", "lib64"]) symlinkSync(`usr/${name}`, join(root, name));
    mkdirSync(join(root, "tree/usr"), { recursive: true });
    cpSync("/proc/self/exe", join(root, "proc/self/exe"), { dereference: true });
    write("dev/null", "");
    write("wrapper", renderWrapper({ tree: "/tree", program: "/usr/bin/own" }));
  });
  afterAll(() => small.remove());

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    chmodSync(join(root, path), 0o755);
  }

  /** Runs the wrapper where the kernel has some settings. */
  async function runWith(settings: Readonly<Record<string, string>>): Promise<string> {
    rmSync(join(root, "proc/sys"), { recursive: true, force: true });
    for (const [path, value] of Object.entries(settings)) write(join("proc/sys", path), `${value}\n`);
    const change = ["/usr/sbin/chroot", "--userspec=12345:12345", root, "/wrapper"];
    const { status, text } = await runAsUser(change, { user: 0 });
    return `${status} ${text}`;
  }

  const refusal = (what: string, fix: string): string => {
    const first = `error[no-namespace]: Cannot run "/usr/bin/own" in the tree: ${what}`;
    return `125 ${first}\n  why: The system says: Operation not permitted\n  fix: ${fix}\n`;
  };

  test.each([
    [{}, "Allow namespaces to this user; a container has to be started with that right"],
    [
      { "kernel/unprivileged_userns_clone": "1" },
      "Allow namespaces to this user; a container has to be started with that right",
    ],
    [{ "kernel/unprivileged_userns_clone": "0" }, "sudo sysctl kernel.unprivileged_userns_clone=1"],
    [{ "user/max_user_namespaces": "0" }, "sudo sysctl user.max_user_namespaces=15000"],
    [
      { "kernel/apparmor_restrict_unprivileged_userns": "1" },
      [
        "sudo apt-get install bubblewrap apparmor-profiles",
        "sudo install -m 644 /usr/share/apparmor/extra-profiles/bwrap-userns-restrict /etc/apparmor.d/",
        "sudo apparmor_parser -r /etc/apparmor.d/bwrap-userns-restrict",
      ].join(" && "),
    ],
  ])("%o is told with what helps", async (settings, fix) => {
    expect(await runWith(settings)).toBe(refusal("this user may make no namespace", fix));
  });

  test("bubblewrap is used where AppArmor allows it alone", async () => {
    write("usr/bin/bwrap", '#!/bin/sh\necho "$@"\n');
    try {
      expect(await runWith({ "kernel/apparmor_restrict_unprivileged_userns": "1" })).toMatch(
        /^0 .*\n--dev-bind \/ \/ --ro-bind \/tree\/usr \/usr --bind \/usr\/local \/usr\/local -- \/usr\/bin\/own\n$/,
      );
      write("usr/bin/bwrap", "#!/bin/sh\nexit 1\n");
      expect(await runWith({ "kernel/apparmor_restrict_unprivileged_userns": "1" })).toContain(
        "bubblewrap is refused, too",
      );
    } finally {
      rmSync(join(root, "usr/bin/bwrap"));
    }
  });

  test("a machine whose /usr is not merged is told", async () => {
    rmSync(join(root, "sbin"));
    mkdirSync(join(root, "sbin"));
    try {
      const text = await runWith({});
      expect(text).toContain("/sbin is not a link to usr/sbin");
      expect(text).toContain("fix: Use a machine whose /usr is merged: sudo apt-get install usrmerge");
    } finally {
      rmSync(join(root, "sbin"), { recursive: true });
      symlinkSync("usr/sbin", join(root, "sbin"));
    }
  });
});
