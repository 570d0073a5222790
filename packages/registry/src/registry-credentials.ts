import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "@firn/download";
import * as z from "zod";

/** Who asks a registry. */
export interface RegistryCredentials {
  readonly username: string;
  readonly password: string;
}

const shape = z.object({ auths: z.record(z.string(), z.object({ auth: z.string().optional() })) });

/**
 * Finds who asks a registry in the file that `docker login` writes: config.json
 * in DOCKER_CONFIG or ~/.docker. Programs that keep passwords are not asked.
 *
 * @param host with the port, if there is one
 */
export function findCredentials(host: string, environment: Environment): RegistryCredentials | undefined {
  const { auths = {} } = readConfiguration(environment) ?? {};
  // The keys are hosts, or addresses of their older interface.
  const [, known] =
    Object.entries(auths).find(([key]) => key.replace(/^https?:\/\//, "").replace(/\/.*/, "") === host) ?? [];
  const both = Buffer.from(known?.auth ?? "", "base64").toString();
  const { username, password } = /^(?<username>[^:]+):(?<password>.*)$/s.exec(both)?.groups ?? {};
  return username === undefined || password === undefined ? undefined : { username, password };
}

function readConfiguration(environment: Environment): z.infer<typeof shape> | undefined {
  const folder = environment["DOCKER_CONFIG"] || join(environment["HOME"] ?? "/", ".docker");
  try {
    return shape.safeParse(JSON.parse(readFileSync(join(folder, "config.json"), "utf8"))).data;
  } catch {
    // Without the file, nobody has logged in. A registry that wants to know says so.
    return undefined;
  }
}
