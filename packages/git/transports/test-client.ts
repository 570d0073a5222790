import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type GitFetcher, type GitTimeouts, openGit } from "../src/index.ts";
import { makeScratch } from "../src/testing.ts";
import { findProcesses } from "./running-processes.ts";

/** A user with a home and a cache of its own, which are gone after the test. */
export class TestClient {
  readonly folder: string = makeScratch();
  readonly #home: string = join(this.folder, "home");
  readonly #environment: Readonly<Record<string, string>>;

  /** @param environment what git gets besides PATH and HOME */
  constructor(environment: Readonly<Record<string, string>> = {}) {
    mkdirSync(this.#home);
    this.#environment = environment;
  }

  /** Opens the cache, as a new process would. */
  open(timeouts: Partial<GitTimeouts> = {}): GitFetcher {
    const environment = { PATH: process.env["PATH"], HOME: this.#home, ...this.#environment };
    return openGit({ cacheDirectory: join(this.folder, "cache"), environment, timeouts });
  }

  /** Writes the user's configuration of git. */
  configure(text: string): void {
    writeFileSync(join(this.#home, ".gitconfig"), text);
  }

  /** Lets git know an account, by the helper that keeps them in a file. */
  keepAccount(url: string, account: { readonly user: string; readonly password: string }): void {
    const accounts = join(this.#home, "accounts");
    const known = new URL(url);
    known.username = account.user;
    known.password = account.password;
    writeFileSync(accounts, `${known.href}\n`);
    this.configure(`[credential]\n\thelper = store --file ${accounts}\n`);
  }

  /** Lists the processes that were started for this user and run still. */
  findProcesses(): number[] {
    return findProcesses(`HOME=${this.#home}`);
  }
}
