import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { groupFolders } from "./control-group.ts";

/** Programs that hosts are made with, and the packages of Debian that they come from. */
const programs = [
  ["flock", "util-linux"],
  ["ip", "iproute2"],
  ["mmdebstrap", "mmdebstrap"],
  ["nsenter", "util-linux"],
  ["setpriv", "util-linux"],
  ["ssh-keygen", "openssh-client"],
  ["systemd-nspawn", "systemd-container"],
  ["unshare", "util-linux"],
] as const;

let known: { readonly reason: string | undefined } | undefined;

/**
 * Says what is missing here for test hosts, in words; undefined where they can
 * be started. What this process is allowed to do is tried, once.
 */
export function whyNoTestHosts(): string | undefined {
  known ??= { reason: findReason() };
  return known.reason;
}

function findReason(): string | undefined {
  if (process.platform !== "linux") return "test hosts need Linux";
  if (process.getuid?.() !== 0) return "test hosts need root";
  if (!isDebian()) return "test hosts are made from the package sources of a Debian machine";
  const missing = programs.filter(([program]) => !isThere(program));
  if (missing.length > 0) {
    const packages = [...new Set(missing.map(([, from]) => from))].join(" ");
    const names = missing.map(([program]) => `"${program}"`).join(", ");
    return `${names} cannot be found: apt-get install --no-install-recommends ${packages}`;
  }
  return attempts().find(({ script }) => !succeeds(script))?.reason;
}

/** What a host needs to be allowed, each as a script that leaves nothing behind. */
function attempts(): readonly { readonly script: string; readonly reason: string }[] {
  const name = `firn-try${process.pid}`.slice(0, 15);
  const spaces = "unshare --mount --propagation private --pid --fork --kill-child=KILL";
  const groups = groupFolders(name);
  return [
    { script: `${spaces} mount -t proc proc /proc`, reason: "name spaces of mounts and processes are forbidden here" },
    { script: "unshare --net true", reason: "name spaces of networks are forbidden here" },
    {
      script: `ip link add ${name} type bridge && ip link del ${name}`,
      reason: "bridges between networks are forbidden here, or unknown to the kernel",
    },
    {
      script: `${spaces} sh -ec '${tryLayers}'`,
      reason: "layered file systems are forbidden here, or not on /var/tmp",
    },
    {
      script: groups.length === 0 ? "false" : groups.map((path) => `mkdir ${path} && rmdir ${path}`).join(" && "),
      reason: "control groups cannot be made here",
    },
  ];
}

/** Mounts layers the way hosts have them, on the disk that hosts have. */
const tryLayers = `
folder=$(mktemp -d /var/tmp/firn-try-XXXXXX)
trap "umount $folder/d; rm -rf $folder" EXIT
mkdir $folder/a $folder/b $folder/c $folder/d
mount -t overlay overlay -o volatile,redirect_dir=on,lowerdir=$folder/a,upperdir=$folder/b,workdir=$folder/c $folder/d
`;

function succeeds(script: string): boolean {
  return spawnSync("sh", ["-c", script], { stdio: "ignore", timeout: 20_000 }).status === 0;
}

function isDebian(): boolean {
  return existsSync("/etc/os-release") && /^ID="?debian"?$/m.test(readFileSync("/etc/os-release", "utf8"));
}

function isThere(program: string): boolean {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.some((folder) => isExecutable(join(folder, program)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
