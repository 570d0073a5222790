import { join } from "node:path";
import { startDaemonProcess } from "./daemon-process.ts";
import { gitPrograms } from "./git-programs.ts";
import type { TestServer } from "./test-server.ts";

/** Serves every repository below a folder by the program git-daemon, to anybody on this machine. */
export async function startGitDaemon(folder: string): Promise<TestServer> {
  const daemon = await startDaemonProcess({
    // Not "git daemon", which would be two processes.
    program: join(gitPrograms(), "git-daemon"),
    args: (port) => [
      "--listen=127.0.0.1",
      `--port=${port}`,
      `--base-path=${folder}`,
      "--export-all",
      "--reuseaddr",
      "--init-timeout=30",
      "--timeout=30",
      folder,
    ],
  });
  return { url: `git://127.0.0.1:${daemon.port}`, close: () => daemon.stop() };
}
