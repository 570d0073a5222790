/** A machine that is thrown away after the test, and the host that it can become. */
export interface TestedHost {
  /** Name of the host in the flake. */
  readonly name: string;
  /** Address at which the runner of the tests reaches the machine. */
  readonly address: string;
  /** Names the units that did not start at the last boot. */
  readonly failedUnits: readonly string[];
  /**
   * Makes the machine what a host of the flake says, and returns what `firn switch` printed.
   *
   * @param host another host of the flake, as a change of this one; this one by default
   * @throws Error with all that it said when its status is not 0
   */
  switch(host?: string): Promise<string>;
  /** Runs firn on the machine, which has no flake: `status`, `rollback`, `generations`, `switch --to-none`. */
  firn(...args: readonly string[]): Promise<CommandResult>;
  /** Runs a command on the machine to its end; its status is for the test to judge. */
  run(command: readonly string[], options?: CommandOptions): Promise<CommandResult>;
  /**
   * Runs a command on the machine that has to succeed, and returns what it printed.
   *
   * @throws Error with all that it said when its status is not 0
   */
  succeed(command: readonly string[], options?: CommandOptions): Promise<string>;
  /** Reads a file of the machine as text. */
  readFile(path: string): Promise<string>;
  /** Writes a file of the machine, whose folders are made, too. */
  writeFile(path: string, text: string, mode?: number): Promise<void>;
  /**
   * Gets a page over the network, as another machine would: through the firewall
   * of the host. The name in the address is the one that the server is asked
   * for, whatever name service says of it. Redirections are not followed.
   *
   * @throws Error when nobody answers within 10 seconds
   */
  fetch(address: string): Promise<Page>;
  /** Shuts the machine down and boots it. */
  reboot(): Promise<void>;
  /** Kills every process of the machine at once, and boots it with the disk as they left it. */
  powerCut(): Promise<void>;
}

/** How a command is run. */
export interface CommandOptions {
  /** What it reads; nothing by default. */
  readonly input?: string;
  /**
   * Name of the user who runs it.
   *
   * @default "root"
   */
  readonly user?: string;
  /** Variables besides HOME, USER, LANG and PATH. */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Milliseconds after which it is killed; its status is 137 then.
   *
   * @default 60000
   */
  readonly timeout?: number;
}

/** How a command ended, and what it said. */
export interface CommandResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a web server answered. */
export interface Page {
  readonly status: number;
  readonly text: string;
  /** Lines of the head by their names, in small letters. */
  readonly headers: Readonly<Record<string, string>>;
}
