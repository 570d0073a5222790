import type { Environment, Patience } from "@firn/download";
import { ArchiveClient } from "./archive-client.ts";
import type { ListCache } from "./list-cache.ts";

/** What all calls of one manager share. */
export interface AptContext {
  /** Folder of the cache. */
  readonly cache: string;
  readonly lists: ListCache;
  readonly environment: Environment;
  readonly patience: Patience;
  /** Is told, a line each, what is done that may take a while. */
  progress(line: string): void;
}

/** Gives work a client, and closes its connections afterwards. */
export async function withClient<Value>(
  { environment, patience }: AptContext,
  work: (client: ArchiveClient) => Promise<Value>,
): Promise<Value> {
  const client = new ArchiveClient({ environment, patience });
  try {
    return await work(client);
  } finally {
    client.close();
  }
}
