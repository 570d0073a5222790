/** A server on this machine alone, for tests. */
export interface TestServer {
  /** Address of the folder that it serves: a repository in it is at `${url}/name`. */
  readonly url: string;
  /** Stops it, and all that it started. Done twice, it does nothing. */
  close(): Promise<void>;
}
