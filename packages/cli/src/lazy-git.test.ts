import { expect, test } from "vitest";
import { lazyGit } from "./lazy-git.ts";
import type { Terminal } from "./terminal.ts";

test("lazyGit counts what is answered of what was asked, and shows nothing when all is", async () => {
  const shown: string[] = [];
  const terminal: Terminal = {
    directory: "/",
    environment: {},
    hostName: "web",
    color: false,
    print: () => {},
    report: () => {},
    showProgress: (text) => void shown.push(text),
  };
  const git = lazyGit(terminal);
  // Such addresses are refused before any process starts.
  const sources = ["ext::one", "ext::two", "ext::three"].map((address) => ({ git: address, mirrors: [] }));
  const outcomes = await Promise.all(sources.map((source) => git.listRefs(source)));
  expect(outcomes.map(({ diagnostics }) => diagnostics[0]?.code)).toEqual(Array(3).fill("forbidden-source"));
  expect(shown).toEqual(["1/3", "2/3", ""]);
});
