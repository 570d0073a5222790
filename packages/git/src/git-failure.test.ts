import { describe, expect, test } from "vitest";
import { describeFailure } from "./git-failure.ts";
import { GitCommandError } from "./run-git.ts";

/** What git 2.39 was seen to say, and what that means. */
const cases: readonly (readonly [said: string, code: string, reason: RegExp])[] = [
  ["fatal: unable to access 'https://h/x/': Could not resolve host: h", "fetch-failed", /host is not known/],
  [
    "ssh: Could not resolve hostname h: Name or service not known\nfatal: Could not read from remote repository.",
    "fetch-failed",
    /host is not known/,
  ],
  [
    "fatal: unable to access 'https://h/': Failed to connect to h port 1: Connection refused",
    "fetch-failed",
    /does not accept/,
  ],
  ["fatal: unable to connect to h:\nh[0: 127.0.0.1]: errno=Connection refused", "fetch-failed", /does not accept/],
  [
    "fatal: unable to access 'https://h/': server certificate verification failed. CAfile: none CRLfile: none",
    "fetch-failed",
    /cannot be trusted/,
  ],
  [
    "fatal: unable to access 'https://h/': SSL certificate problem: self signed certificate",
    "fetch-failed",
    /cannot be trusted/,
  ],
  ["fatal: could not read Username for 'https://h': terminal prompts disabled", "fetch-failed", /does not let us in/],
  ["fatal: Authentication failed for 'https://h/x/'", "fetch-failed", /does not let us in/],
  [
    "fatal: unable to access 'https://h/x/': The requested URL returned error: 403",
    "fetch-failed",
    /does not let us in/,
  ],
  [
    "git@h: Permission denied (publickey).\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights",
    "fetch-failed",
    /does not let us in/,
  ],
  ["Host key verification failed.\nfatal: Could not read from remote repository.", "fetch-failed", /key of the host/],
  ["fatal: repository 'https://h/x/' not found", "fetch-failed", /is not there/],
  [
    "fatal: '/x' does not appear to be a git repository\nfatal: Could not read from remote repository.",
    "fetch-failed",
    /is not there/,
  ],
  ["fatal: transport 'ext' not allowed", "forbidden-source", /not allowed/],
  ["fatal: remote error: upload-pack: not our ref 1111", "missing-commit", /does not have the commit/],
  ["error: Server does not allow request for unadvertised object 1111", "missing-commit", /does not have the commit/],
  [
    "error: object 1111: hasDotdot: contains '..'\nfatal: fsck error in packed object",
    "bad-input-tree",
    /check refuses/,
  ],
  ["fatal: attempting to allocate 1 over limit 2", "input-too-large", /more memory/],
  ["fatal: write error: No space left on device", "fetch-failed", /cannot be written/],
  ["fatal: early EOF\nfatal: fetch-pack: invalid index-pack output", "fetch-failed", /broke off/],
  ["fatal: the remote end hung up unexpectedly", "fetch-failed", /broke off/],
  ["error: cannot run ssh: No such file or directory", "fetch-failed", /lacks the program/],
  ["fatal: something new", "fetch-failed", /git failed/],
];

describe("describeFailure", () => {
  test.each(cases)("knows what %j means", (said, code, reason) => {
    const {
      code: found,
      message,
      why,
    } = describeFailure(new GitCommandError(said, undefined, {}), 'fetch "https://h/x"');
    expect(found).toBe(code);
    expect(message).toBe('Cannot fetch "https://h/x"');
    expect(why?.[0]).toMatch(reason);
  });

  test("shows at most the last five lines, without tokens and what steers terminals", () => {
    const lines = Array.from({ length: 9 }, (_, index) => `line ${index}`);
    const evil = "\u001b[2J\u001b]0;title\u0007remote: https://user:secret@h/x \u202eabc\u0000\u009b1m\r";
    const { why } = describeFailure(new GitCommandError([...lines, evil].join("\n"), undefined, {}), "x");
    expect(why?.slice(1)).toEqual([
      "git: line 5",
      "git: line 6",
      "git: line 7",
      "git: line 8",
      "git: remote: https://h/x abc1m",
    ]);
  });

  test("does not let the server choose the meaning", () => {
    const said = "remote: fatal: transport 'ext' not allowed\nfatal: repository 'https://h/x/' not found";
    expect(describeFailure(new GitCommandError(said, undefined, {}), "x").code).toBe("fetch-failed");
  });

  test.each([
    ["idle", "fetch-failed"],
    ["total", "fetch-failed"],
    ["talkative", "input-too-large"],
    ["download-too-large", "input-too-large"],
  ] as const)("says that git was stopped: %s", (stopped, code) => {
    expect(describeFailure(new GitCommandError("", stopped, {}), "x").code).toBe(code);
  });
});
