// The main job, on the host "web": builds it, shows what a switch would change, and does it, in a folder that stands
// for a machine. Then one option changes, and the machine goes there and back.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { root } from "./bundle.mjs";

const folder = join(root, "dist/demo");
const flake = join(folder, "flake");
const machine = join(folder, "machine");

/** What a fresh Debian brings: enough accounts for nginx and sshd, and a file that will be in the way. */
const debian = {
  passwd: [
    "root:x:0:0:root:/root:/bin/bash",
    "www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin",
    "sshd:x:105:65534::/run/sshd:/usr/sbin/nologin",
    "nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin",
  ],
  group: ["root:x:0:", "sudo:x:27:", "www-data:x:33:", "nogroup:x:65534:"],
  shadow: ["root:*:20000:0:99999:7:::", "www-data:*:20000:0:99999:7:::"],
  gshadow: ["root:*::", "sudo:*::", "www-data:*::"],
  hosts: ["127.0.0.1 localhost"],
};

function makeMachine() {
  mkdirSync(join(machine, "etc"), { recursive: true });
  for (const [name, lines] of Object.entries(debian)) {
    writeFileSync(join(machine, "etc", name), `${lines.join("\n")}\n`, {
      mode: name.endsWith("shadow") ? 0o640 : 0o644,
    });
  }
}

/** A copy of this flake, so that the demonstration changes nothing in it. */
function copyFlake() {
  mkdirSync(flake, { recursive: true });
  for (const name of ["flake.yaml", "lockfile.json", "pnpm-workspace.yaml", "hosts", "modules"]) {
    cpSync(join(root, name), join(flake, name), { recursive: true, verbatimSymlinks: true });
  }
  symlinkSync(join(root, "node_modules"), join(flake, "node_modules"));
}

/** @param {readonly string[]} args @param {readonly number[]} [expected] */
function firn(args, expected = [0]) {
  console.log(`\n$ firn ${args.join(" ")}`);
  // Where a value comes from is a question to the flake alone.
  const where = args[0] === "why" ? [] : ["--root", machine];
  const command = [join(root, "tools/firn.mjs"), ...args, ...where];
  const { status } = spawnSync(process.execPath, command, { cwd: flake, stdio: "inherit" });
  if (status === null || !expected.includes(status)) throw new Error(`firn ${args[0]} ended with ${status}`);
}

/** @param {string} path @param {string} from @param {string} to */
function edit(path, from, to) {
  const file = join(flake, path);
  const text = readFileSync(file, "utf8");
  if (!text.includes(from)) throw new Error(`${path} does not say ${from}`);
  writeFileSync(file, text.replace(from, to));
  console.log(`\nIn ${path}: ${from} -> ${to}`);
}

/** @param {string} at @returns {string[]} */
function listTree(at) {
  return readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
    const path = join(at, entry.name);
    if (relative(machine, path) === "var/lib/firn") return [];
    if (entry.isDirectory()) return [path, ...listTree(path)];
    return [`${path} ${lstatSync(path).mode} ${entry.isFile() ? readFileSync(path, "utf8") : "link"}`];
  });
}

rmSync(folder, { recursive: true, force: true });
makeMachine();
copyFlake();
const bare = listTree(machine).join("\n");

firn(["build", "web"]);
firn(["plan", "web"], [2]);
firn(["switch", "web", "--take-over"]);
const first = listTree(machine).join("\n");
edit("hosts/web/src/index.ts", "mkForce(1536)", "mkForce(1024)");
firn(["plan", "web"], [2]);
firn(["switch", "web"]);
firn(["generations"]);
firn(["rollback"]);
const isBack = listTree(machine).join("\n") === first;
firn(["why", "web", "/etc/nginx/nginx.conf"]);
firn(["switch", "--to-none"]);
const isBare =
  listTree(machine)
    .join("\n")
    .replace(/\n[^\n]*\/var(\/lib)?(?=\n|$)/g, "") === bare;

console.log(`
What you saw:
- hosts/web was built to a generation: files by content, named by their hash.
- The plan compared it with the folder, and said for each step which line asks for it.
- The switch made it so; one option changed, and the next plan had only what follows from it.
- After the rollback the folder was ${isBack ? "exactly what it was before" : "NOT what it was before"}.
- Without Firn it is ${isBare ? "exactly what it was at first" : "NOT what it was at first"}: what was in the way came back.
The folder is ${relative(root, machine)}; a real machine is switched with "firn switch web", as root.`);
if (!isBack || !isBare || !existsSync(machine)) process.exitCode = 1;
