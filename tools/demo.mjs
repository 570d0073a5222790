// Shows the main job on the host "web": its configuration, and where one of its values comes from.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./bundle.mjs";

const commands = [
  ["eval", "web"],
  ["why", "web", "services.nginx.workerConnections"],
];

for (const command of commands) {
  console.log(`\n$ firn ${command.join(" ")}`);
  const { status } = spawnSync(process.execPath, [join(root, "tools/firn.mjs"), ...command], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) process.exitCode = 1;
}
