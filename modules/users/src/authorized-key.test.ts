import { defineModule, evaluate, option, types } from "firn";
import { describe, expect, test } from "vitest";
import { authorizedKey } from "./authorized-key.ts";

const declared = defineModule({ options: { keys: option({ type: types.listOf(authorizedKey), default: [] }) } });

function problemsOf(line: string) {
  const host = defineModule({ imports: [declared], config: (_, define) => define({ keys: [line] }) });
  return evaluate({ modules: [host] }).diagnostics;
}

const blob = "AAAAC3NzaC1lZDI1NTE5AAAAILWaKJeEN7MZqdAicQGiPx7SbfRmSkoVmgawZhh51wD+";

describe("authorizedKey", () => {
  test.each([
    `ssh-ed25519 ${blob}`,
    `ssh-ed25519 ${blob} ada@example.org, her laptop`,
    `restrict,command="echo \\"a b\\"",from="192.0.2.*" ssh-ed25519 ${blob} backup`,
    `no-pty ssh-ed25519 ${blob}`,
  ])("takes %s", (line) => {
    expect(problemsOf(line)).toEqual([]);
  });

  test.each([
    ["of which the end is missing", `ssh-ed25519 ${blob.slice(0, 40)}`, "The key is cut off"],
    ["whose algorithm is another", `ssh-rsa ${blob}`, 'The key says "ssh-ed25519" of itself'],
    ["that is not in base64", "ssh-ed25519 secret!", "The key is not written in base64"],
    ["without an algorithm", blob, expect.stringContaining("starts with its algorithm")],
    ["on two lines", `ssh-ed25519 ${blob}\nssh-ed25519 ${blob}`, "A key is one line"],
    ["that is private", "-----BEGIN OPENSSH PRIVATE KEY-----", expect.stringContaining("private key")],
  ])("refuses a key %s, and does not show it", (_what, line, why) => {
    const problems = problemsOf(line);
    expect(problems).toMatchObject([{ optionPath: ["keys", "0"], why: [why] }]);
    expect(problems[0]?.message).not.toContain(line);
  });
});
