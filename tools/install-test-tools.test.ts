import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { hasProgram, installTools, tools, withoutServices } from "./install-test-tools.mjs";

const all = ["apt-get", ...tools.map(({ program }) => program)];

/** A machine in memory, on which apt-get works only after so many runs that fail. */
function makeMachine({ present = all, isRoot = true, failures = 0 }) {
  const programs = new Set(present);
  const ran: string[] = [];
  let left = failures;
  let servicesAllowed = true;
  const machine = {
    isRoot,
    find: (program: string) => programs.has(program),
    withoutServices: (work: () => void) => {
      servicesAllowed = false;
      work();
      servicesAllowed = true;
    },
    run: (command: string, args: readonly string[]) => {
      ran.push(`${command} ${args.slice(3).join(" ")}${servicesAllowed ? " (starts services)" : ""}`);
      if (args.includes("update")) return true;
      left -= 1;
      if (left >= 0) return false;
      for (const { program, from } of tools) if (args.includes(from)) programs.add(program);
      return true;
    },
  };
  return { machine, ran };
}

const without = (...programs: string[]): string[] => all.filter((one) => !programs.includes(one));

describe("installTools", () => {
  test("does nothing when all programs are there", () => {
    const { machine, ran } = makeMachine({ isRoot: false });
    expect(installTools(machine)).toBeUndefined();
    expect(ran).toEqual([]);
  });

  test("installs the packages of what is missing, and no others, without services", () => {
    const { machine, ran } = makeMachine({ present: without("sshd", "nix-hash") });
    expect(installTools(machine)).toBeUndefined();
    expect(ran).toEqual(["apt-get install -y --no-install-recommends nix-bin openssh-server"]);
  });

  test("updates the list of packages once when that fails", () => {
    const { machine, ran } = makeMachine({ present: without("sshd"), failures: 1 });
    expect(installTools(machine)).toBeUndefined();
    const install = "apt-get install -y --no-install-recommends openssh-server";
    expect(ran).toEqual([install, "apt-get update", install]);
  });

  const fix = "Tests need them: apt-get install --no-install-recommends openssh-server";
  test.each([
    ["whoever is not root", { present: without("sshd"), isRoot: false }, "only root may"],
    ["other systems", { present: without("sshd", "apt-get") }, "this is not Debian"],
    ["machines where it fails twice", { present: without("sshd"), failures: 2 }, "apt-get failed"],
  ])("says what is missing to %s", (_who, given, reason) => {
    expect(installTools(makeMachine(given).machine)).toBe(`Cannot install "sshd": ${reason}. ${fix}`);
  });
});

describe("withoutServices", () => {
  test("forbids them during the work alone, also when it fails", () => {
    const policy = join(makeFolder(), "policy-rc.d");
    const work = (): never => {
      expect(readFileSync(policy, "utf8")).toContain("exit 101");
      expect(statSync(policy).mode & 0o111).toBe(0o111);
      throw new Error("no network");
    };
    expect(() => withoutServices(policy, work)).toThrow("no network");
    expect(existsSync(policy)).toBe(false);
  });

  test("leaves what the machine says already", () => {
    const policy = join(makeFolder(), "policy-rc.d");
    writeFileSync(policy, "ours");
    withoutServices(policy, () => {});
    expect(readFileSync(policy, "utf8")).toBe("ours");
  });
});

test("hasProgram looks for what can be run, in every folder", () => {
  const [first, second] = [makeFolder(), makeFolder()];
  writeFileSync(join(first, "sshd"), "", { mode: 0o644 });
  expect(hasProgram("sshd", [first, second])).toBe(false);
  writeFileSync(join(second, "sshd"), "", { mode: 0o755 });
  expect(hasProgram("sshd", [first, second])).toBe(true);
});

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "firn-tools-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
