import { describe, expect, test } from "vitest";
import { shellEnvironment } from "@firn/package-shell";

const shell = { tree: "/trees/1", name: "dev" };
const described = { FIRN_SHELL: "dev", FIRN_TREE: "/trees/1" };

describe("shellEnvironment", () => {
  test("PATH leads to the tree first, then to what the user has outside /usr", () => {
    const PATH = "/home/ada/bin:/usr/bin:/bin/:/usr/local/bin:/sbin::/home/ada/bin";
    expect(shellEnvironment({ ...shell, environment: { PATH } })).toEqual({
      ...described,
      PATH: "/usr/bin:/usr/sbin:/home/ada/bin:/usr/local/bin",
    });
  });

  test("keeps variables, but none that leads to libraries of the machine, or has no value", () => {
    const environment = {
      EDITOR: "vi",
      LD_LIBRARY_PATH: "/opt/lib",
      LD_PRELOAD: "x",
      PYTHONHOME: "/opt",
      A: undefined,
    };
    expect(shellEnvironment({ ...shell, environment })).toEqual({
      ...described,
      EDITOR: "vi",
      PATH: "/usr/bin:/usr/sbin",
    });
  });

  test("has manuals and data of the tree come first where the user has lists of them", () => {
    const environment = { MANPATH: "/home/ada/man:", XDG_DATA_DIRS: "/usr/local/share:/usr/share" };
    expect(shellEnvironment({ ...shell, environment })).toMatchObject({
      MANPATH: "/usr/share/man:/home/ada/man:",
      XDG_DATA_DIRS: "/usr/share:/usr/local/share",
    });
  });

  test("what the shell sets comes last", () => {
    const environment = { CC: "clang", PATH: "/home/ada/bin" };
    expect(shellEnvironment({ ...shell, environment, set: { CC: "gcc", EMPTY: "" } })).toMatchObject({
      CC: "gcc",
      EMPTY: "",
    });
  });

  test("a pure one keeps what describes the user and the terminal alone", () => {
    const environment = { HOME: "/home/ada", TERM: "xterm", PATH: "/home/ada/bin", EDITOR: "vi", http_proxy: "p" };
    expect(shellEnvironment({ ...shell, environment, isPure: true, set: { CC: "gcc" } })).toEqual({
      ...described,
      HOME: "/home/ada",
      TERM: "xterm",
      http_proxy: "p",
      PATH: "/usr/bin:/usr/sbin",
      CC: "gcc",
    });
  });
});
