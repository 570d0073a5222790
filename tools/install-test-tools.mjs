// Usage: node tools/install-test-tools.mjs: installs the programs that tests start, as root on Debian. Elsewhere it says
// which are missing. Asks nothing, starts no service, and does nothing when all are there.
import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * @typedef {{ program: string, from: string }} Tool a program, and the package of Debian that it comes from
 * @typedef {{
 *   readonly isRoot: boolean,
 *   find(program: string): boolean,
 *   run(command: string, args: readonly string[]): boolean,
 *   withoutServices(work: () => void): void,
 * }} Machine
 */

/** @type {readonly Tool[]} */
export const tools = [
  { program: "bzip2", from: "bzip2" },
  { program: "docker-registry", from: "docker-registry" },
  { program: "git", from: "git" },
  { program: "gpgv", from: "gpgv" },
  { program: "ip", from: "iproute2" },
  { program: "mmdebstrap", from: "mmdebstrap" },
  { program: "nix-hash", from: "nix-bin" },
  { program: "nsenter", from: "util-linux" },
  { program: "openssl", from: "openssl" },
  { program: "ssh-agent", from: "openssh-client" },
  { program: "sshd", from: "openssh-server" },
  { program: "strace", from: "strace" },
  { program: "systemd-analyze", from: "systemd" },
  { program: "systemd-nspawn", from: "systemd-container" },
  { program: "xz", from: "xz-utils" },
  { program: "zstd", from: "zstd" },
];

/**
 * Installs what is missing.
 *
 * @param {Machine} machine
 * @returns {string | undefined} what could not be installed, and how to do it by hand
 */
export function installTools(machine) {
  const wanted = findMissing(machine);
  if (wanted.length === 0) return undefined;
  if (!machine.find("apt-get")) return describeMissing(machine, "this is not Debian");
  if (!machine.isRoot) return describeMissing(machine, "only root may");
  const packages = wanted.map(({ from }) => from);
  machine.withoutServices(() => {
    if (installPackages(machine, packages)) return;
    // The list of packages may be missing, or name files that the server has replaced since.
    machine.run("apt-get", [...options, "update"]);
    installPackages(machine, packages);
  });
  return describeMissing(machine, "apt-get failed");
}

const options = ["-q", "-o", "DPkg::Lock::Timeout=120"];

/**
 * @param {Machine} machine
 * @param {readonly string[]} packages
 */
function installPackages(machine, packages) {
  return machine.run("apt-get", [...options, "install", "-y", "--no-install-recommends", ...packages]);
}

/** @param {Machine} machine */
function findMissing(machine) {
  return tools.filter(({ program }) => !machine.find(program));
}

/**
 * @param {Machine} machine
 * @param {string} reason
 */
function describeMissing(machine, reason) {
  const missing = findMissing(machine);
  if (missing.length === 0) return undefined;
  const names = missing.map(({ program }) => `"${program}"`).join(", ");
  const packages = missing.map(({ from }) => from).join(" ");
  return `Cannot install ${names}: ${reason}. Tests need them: apt-get install --no-install-recommends ${packages}`;
}

/**
 * Tells whether a program is in one of the folders.
 *
 * @param {string} program
 * @param {readonly string[]} folders
 */
export function hasProgram(program, folders) {
  return folders.some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/**
 * Forbids services to be started by packages while work is done. What the
 * machine says of this already stays.
 *
 * @param {string} policy path of the program that Debian asks whether a service may start
 * @param {() => void} work
 */
export function withoutServices(policy, work) {
  if (existsSync(policy)) return work();
  // 101 is "forbidden by policy".
  writeFileSync(policy, "#!/bin/sh\nexit 101\n", { mode: 0o755 });
  try {
    work();
  } finally {
    rmSync(policy);
  }
}

/** @returns {Machine} */
function thisMachine() {
  // Daemons are in folders that only root has in PATH.
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), "/usr/sbin", "/sbin"];
  return {
    isRoot: process.getuid?.() === 0,
    find: (program) => hasProgram(program, folders),
    withoutServices: (work) => withoutServices("/usr/sbin/policy-rc.d", work),
    run: (command, args) => {
      const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
      const { status } = spawnSync(command, args, { env, stdio: ["ignore", "inherit", "inherit"], timeout: 600_000 });
      return status === 0;
    },
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problem = installTools(thisMachine());
  if (problem !== undefined) {
    console.error(problem);
    process.exitCode = 1;
  }
}
