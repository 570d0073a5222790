import { join } from "node:path";
import { onTestFinished } from "vitest";
import { makeScratch } from "../src/testing.ts";
import { type SshClient, startSshClient } from "./ssh-client.ts";
import { type SshdOptions, type SshServer, startSshd } from "./sshd.ts";
import { TestClient } from "./test-client.ts";

/** A server, and a user who is let in. */
export interface Reached {
  readonly url: string;
  readonly client: TestClient;
}

/** A server for ssh that lets a user in whose ssh trusts it. All is gone after the test. */
export async function reachBySsh(
  served: string,
  options: Partial<SshdOptions> = {},
): Promise<Reached & { readonly server: SshServer; readonly ssh: SshClient }> {
  const scratch = makeScratch();
  const ssh = await startSshClient(join(scratch, "client"));
  onTestFinished(ssh.close);
  const server = await startSshd(served, {
    scratch: join(scratch, "server"),
    authorizedKeys: [ssh.publicKey],
    ...options,
  });
  onTestFinished(server.close);
  ssh.trust(server.url, server.hostKey);
  return { url: server.url, server, ssh, client: new TestClient(ssh.environment) };
}
