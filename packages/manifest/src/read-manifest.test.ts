import { renderPath } from "@firn/diagnostic";
import { type ContentReader, memberPaths, type ReadManifest, readManifest, renderManifest } from "@firn/manifest";
import { describe, expect, test } from "vitest";

/** Contents whose hashes tell what they are hashes of. */
const contents: ContentReader = {
  hashText: hash,
  readFolder: () => "there is no such folder",
  readSource: (source) => {
    if (source === "./logo") return [{ path: "", content: hash("logo"), isExecutable: false }];
    if (source !== "./site") return "there is no such file";
    return [
      { path: "index.html", content: hash("index"), isExecutable: false },
      { path: "cgi/run", content: hash("run"), isExecutable: true },
    ];
  },
};

function hash(text: string): string {
  return Buffer.from(text).toString("hex").padEnd(64, "0").slice(0, 64);
}

function read(configuration: unknown): ReadManifest {
  return readManifest(configuration, { host: "web", contents });
}

function problemsOf(configuration: unknown): string[] {
  return read(configuration).diagnostics.map(
    ({ code, message, optionPath = [] }) => `${code} ${renderPath(optionPath)} ${message.replace(/^.*?": /, "")}`,
  );
}

const etc = (motd: object) => ({ environment: { etc: { motd } } });

describe("readManifest of files", () => {
  test.each<[title: string, option: object, file: object]>([
    ["text becomes a link", { text: "a" }, { kind: "link", content: hash("a") }],
    ["an empty text is a content", { text: "" }, { kind: "link", content: hash("") }],
    [
      "executable makes the link's content so",
      { text: "a", executable: true },
      { kind: "link", content: hash("a"), executable: true },
    ],
    [
      "link: false makes a real file",
      { text: "a", link: false },
      { kind: "file", content: hash("a"), mode: "0644", user: "root", group: "root" },
    ],
    [
      "a mode makes a real file",
      { text: "a", mode: "0600" },
      { kind: "file", content: hash("a"), mode: "0600", user: "root", group: "root" },
    ],
    [
      "a user makes a real file",
      { text: "a", user: "ada" },
      { kind: "file", content: hash("a"), mode: "0644", user: "ada", group: "root" },
    ],
    [
      "a group makes a real file",
      { text: "a", group: "33" },
      { kind: "file", content: hash("a"), mode: "0644", user: "root", group: "33" },
    ],
    [
      "a real executable has mode 0755",
      { text: "a", link: false, executable: true },
      { kind: "file", content: hash("a"), mode: "0755", user: "root", group: "root" },
    ],
    ["to becomes a symbolic link", { to: "../run/motd" }, { kind: "symlink", target: "../run/motd" }],
    ["a source is read", { source: "./logo" }, { kind: "link", content: hash("logo") }],
    ["a target other than the name counts", { text: "a", target: "/etc/motd" }, { kind: "link", content: hash("a") }],
  ])("%s", (_title, option, file) => {
    const { diagnostics, manifest } = read(etc(option));
    expect({ diagnostics, files: manifest?.files }).toEqual({ diagnostics: [], files: { "/etc/motd": file } });
  });

  test("a source that is a directory gives its files, each with its own permission to run", () => {
    const { entries, manifest } = read({ environment: { files: { "/srv/www": { source: "./site" } } } });
    expect(manifest?.files).toEqual({
      "/srv/www/index.html": { kind: "link", content: hash("index") },
      "/srv/www/cgi/run": { kind: "link", content: hash("run"), executable: true },
    });
    expect(entries.map(({ key }) => key)).toEqual(["file /srv/www/index.html", "file /srv/www/cgi/run"]);
  });

  test("what is not enabled is not there, whatever it says", () => {
    expect(read(etc({ enable: false, mode: "0644" })).manifest?.files).toEqual({});
  });

  test("takeOver lists the paths", () => {
    const { manifest } = read({
      environment: { etc: { b: { text: "", takeOver: true }, a: { text: "", takeOver: true } } },
      users: { users: { ada: { group: "ada", home: "/home/ada", shell: "/bin/sh" } } },
      homes: {
        ada: { files: { ".profile": { text: "", takeOver: true } } },
        bob: { files: { ".profile": { text: "", takeOver: true } } },
      },
    });
    expect(manifest?.takeOver).toEqual(["/etc/a", "/etc/b", "/home/ada/.profile", "~bob/.profile"]);
  });

  test.each<[option: object, problem: string]>([
    [{}, "it has no content"],
    [{ text: null, source: null, to: null }, "it has no content"],
    [{ text: "", source: "./logo" }, "it has several contents: text and source"],
    [{ text: "", to: "/x" }, "it has several contents: text and to"],
    [{ to: "" }, "A link leads somewhere"],
    [{ to: "a\0b" }, "A path has no control characters, such as newlines"],
    [{ to: "/x", mode: "0644" }, "a symbolic link has neither mode nor owner"],
    [{ text: "", link: true, mode: "0600" }, "a link into the generation has neither mode nor owner"],
    [{ text: "", mode: "0644", executable: true }, 'its mode 0644 and its "executable" contradict each other'],
    [{ text: "", mode: "644" }, "mode: A mode has four octal digits, such as 0644"],
    [{ text: "", mode: "0888" }, "mode: A mode has four octal digits, such as 0644"],
    [
      { text: "", user: "a:b" },
      "An account is named with up to 31 small letters, digits, _ and -, and starts with no digit; or it is a number",
    ],
    [{ source: "./nothing" }, 'its source "./nothing" cannot be read: there is no such file'],
    [{ text: 1 }, "text: Invalid input: expected string, received number"],
    [{ text: "", target: "etc/motd" }, 'it cannot be at "etc/motd": An absolute path starts with "/"'],
  ])("refuses %j", (option, problem) => {
    expect(problemsOf(etc(option))).toEqual([`bad-manifest environment.etc.motd ${problem}`]);
  });

  test.each<[path: string, problem: string]>([
    ["/", "The root folder itself is not managed"],
    ["/srv/../etc/x", 'A path has no part ".."'],
    ["/srv/./x", 'A path has no part "."'],
    ["/srv//x", "A path has a name on both sides of each slash"],
    ["/srv/x/", "A path has a name on both sides of each slash"],
    ["/srv/a\nb", "A path has no control characters, such as newlines"],
    ["/srv/a\0b", "A path has no control characters, such as newlines"],
    ["/srv/\ud800", "A path is whole characters"],
    [`/srv/${"ü".repeat(128)}`, "A name has 255 bytes at most"],
    [`/srv${"/abcdefg".repeat(500)}`, "A path has 3500 bytes at most"],
    ["/proc/x", "What is in /proc is gone after the next boot, and is not managed"],
    ["/sys", "What is in /sys is gone after the next boot, and is not managed"],
    ["/dev/x", "What is in /dev is gone after the next boot, and is not managed"],
    ["/run/x/y", "What is in /run is gone after the next boot, and is not managed"],
    ["/var/lib/firn/current", "/var/lib/firn is where Firn keeps its own"],
    ["srv", 'An absolute path starts with "/"'],
  ])("refuses the path %j, for a directory too", (path, problem) => {
    const refused = `it cannot be at ${JSON.stringify(path)}: ${problem}`;
    expect(read({ environment: { files: { [path]: { text: "" } } } }).diagnostics[0]?.message).toContain(refused);
    expect(read({ environment: { directories: { [path]: {} } } }).diagnostics[0]?.message).toContain(refused);
  });

  test("takes what only looks like a refused path", () => {
    const paths = ["/runs", "/srv/..x", "/srv/a b", "/srv/ü", "/var/lib/firns", `/srv/${"x".repeat(255)}`];
    const files = Object.fromEntries(paths.map((path) => [path, { text: "" }]));
    expect(Object.keys(read({ environment: { files } }).manifest?.files ?? {})).toEqual(paths);
  });
});

describe("readManifest of directories and homes", () => {
  test("a directory has mode and owner", () => {
    const { manifest } = read({
      environment: { directories: { "/srv": {}, "/data": { mode: "0750", user: "ada", group: "www" } } },
    });
    expect(manifest?.directories).toEqual({
      "/srv": { mode: "0755", user: "root", group: "root" },
      "/data": { mode: "0750", user: "ada", group: "www" },
    });
  });

  test("a home has files, directories, hooks and units of its user", () => {
    const { diagnostics, entries, manifest } = read({
      users: { users: { ada: { group: "staff", home: "/home/ada", shell: "/bin/sh" } } },
      homes: {
        ada: {
          files: { ".config/x": { text: "x" }, ".ssh/authorized_keys": { text: "key", mode: "0600" } },
          xdg: { config: { "git/config": { text: "git" } } },
          directories: { ".ssh": { mode: "0700" } },
          hooks: { fonts: { run: "fc-cache", onChange: [".fonts/", "/etc/fonts/"] } },
          systemd: { services: { app: { name: "app.service", text: "[Unit]", wantedBy: ["default.target"] } } },
        },
        nobody: {},
      },
    });
    expect(diagnostics).toEqual([]);
    expect(manifest?.homes).toEqual({
      ada: {
        files: {
          ".config/x": { kind: "link", content: hash("x") },
          ".config/git/config": { kind: "link", content: hash("git") },
          ".ssh/authorized_keys": { kind: "file", content: hash("key"), mode: "0600", user: "ada", group: "staff" },
          ".config/systemd/user/app.service": { kind: "link", content: hash("[Unit]") },
          ".config/systemd/user/default.target.wants/app.service": { kind: "symlink", target: "../app.service" },
        },
        directories: { ".ssh": { mode: "0700", user: "ada", group: "staff" } },
        hooks: { fonts: { run: "fc-cache", onChange: [".fonts/", "/etc/fonts/"] } },
      },
    });
    expect(entries).toContainEqual({ key: "home-file ada .config/x", option: ["homes", "ada", "files", ".config/x"] });
    expect(entries).toContainEqual({
      key: "home-file ada .config/git/config",
      option: ["homes", "ada", "xdg", "config", "git/config"],
    });
    expect(entries).toContainEqual({ key: "home-directory ada .ssh", option: ["homes", "ada", "directories", ".ssh"] });
    expect(entries).toContainEqual({ key: "home-hook ada fonts", option: ["homes", "ada", "hooks", "fonts"] });
  });

  test.each<[home: object, problem: string]>([
    [
      { files: { "/x": { text: "" } } },
      'homes.ada.files./x it cannot be at "/x": A path below a home is relative to it',
    ],
    [{ files: { "../x": { text: "" } } }, 'homes.ada.files.../x it cannot be at "../x": A path has no part ".."'],
    [
      { files: { "": { text: "" } } },
      'homes.ada.files. it cannot be at "": A path has a name on both sides of each slash',
    ],
    [
      { files: { ".local/state/firn/x": { text: "" } } },
      'homes.ada.files. it cannot be at ".local/state/firn/x": .local/state/firn is where Firn keeps its own',
    ],
    [{ files: { x: { text: "", user: "bob" } } }, 'homes.ada.files.x what is in a home belongs to "ada"'],
    [{ directories: { x: { group: "sudo" } } }, 'homes.ada.directories.x what is in a home belongs to "ada"'],
  ])("refuses %j in a home", (home, problem) => {
    const [, path, said] = /^(\S*) (.*)$/.exec(problem) ?? [];
    const [diagnostic, ...others] = read({ homes: { ada: home } }).diagnostics;
    expect([diagnostic?.message, others]).toEqual([expect.stringContaining(said ?? ""), []]);
    expect(diagnostic?.optionPath?.slice(0, 2)).toEqual(path?.split(".").slice(0, 2));
  });

  test.each(["../ada", "a/b", "Ada", "__proto__"])("refuses the home of %j", (user) => {
    const homes = JSON.parse(`{${JSON.stringify(user)}: {"files": {"x": {"text": ""}}}}`) as object; // As it comes.
    expect(read({ homes }).diagnostics).toMatchObject([{ code: "bad-manifest", optionPath: ["homes", user] }]);
  });
});

describe("readManifest of units", () => {
  const unit = { name: "app.service", text: "[Service]" };
  const real = { kind: "file", content: hash("[Service]"), mode: "0644", user: "root", group: "root" };
  const folder = "/etc/systemd/system";

  test.each<[title: string, unit: object, files: object]>([
    ["is a real file", unit, { "app.service": real }],
    [
      "has links for what wants it",
      { ...unit, wantedBy: ["a.target", "b.target"] },
      {
        "app.service": real,
        "a.target.wants/app.service": { kind: "symlink", target: "../app.service" },
        "b.target.wants/app.service": { kind: "symlink", target: "../app.service" },
      },
    ],
    [
      "has links for what requires it",
      { ...unit, requiredBy: ["a.target"] },
      {
        "app.service": real,
        "a.target.requires/app.service": { kind: "symlink", target: "../app.service" },
      },
    ],
    [
      "has links for its other names",
      { ...unit, aliases: ["web.service"] },
      {
        "app.service": real,
        "web.service": { kind: "symlink", target: "app.service" },
      },
    ],
    ["can be a drop-in", { ...unit, asDropIn: true }, { "app.service.d/50-firn.conf": real }],
    [
      "is masked when it is not enabled",
      { ...unit, enable: false, wantedBy: ["a.target"] },
      { "app.service": { kind: "symlink", target: "/dev/null" } },
    ],
  ])("a unit %s", (_title, option, files) => {
    const { diagnostics, manifest } = read({ systemd: { services: { app: option } } });
    const placed = Object.fromEntries(Object.entries(files).map(([name, file]) => [`${folder}/${name}`, file]));
    expect({ diagnostics, files: manifest?.files }).toEqual({ diagnostics: [], files: placed });
  });

  test("units of all families are read, and those of all users", () => {
    const families = [
      "services",
      "sockets",
      "timers",
      "targets",
      "paths",
      "mounts",
      "automounts",
      "slices",
      "swaps",
      "units",
    ];
    const units = Object.fromEntries(
      families.map((family) => [
        family,
        {
          [family]: {
            name: `${family}.${family === "units" ? "path" : family.replace(/(?<=e|l|r|t|h|s|p)s$/, "")}`.replace(
              "swaps.swap",
              "swaps.swap",
            ),
            text: "",
          },
        },
      ]),
    );
    const { diagnostics, manifest } = read({ systemd: { ...units, user: units } });
    expect(diagnostics).toEqual([]);
    expect(Object.keys(manifest?.files ?? {})).toHaveLength(2 * families.length);
  });

  test.each(["app", "app.exe", "../app.service", "a b.service", "a/b.service", ""])("refuses the name %j", (name) => {
    const refused = `bad-manifest systemd.services.app ${JSON.stringify(name)} is no name of a unit`;
    expect(problemsOf({ systemd: { services: { app: { ...unit, name } } } })).toEqual([refused]);
    expect(problemsOf({ systemd: { services: { app: { ...unit, wantedBy: [name] } } } })).toEqual([refused]);
    expect(problemsOf({ systemd: { services: { app: { ...unit, aliases: [name] } } } })).toEqual([refused]);
  });
});

describe("readManifest of accounts, hooks and checks", () => {
  const ada = { group: "ada", home: "/home/ada", shell: "/bin/bash" };

  test("users and groups come with what is the default", () => {
    const { entries, manifest } = read({
      users: {
        users: {
          ada: { ...ada, uid: 1000, extraGroups: ["sudo", "adm", "sudo"], hashedPassword: "$6$x", isNormalUser: true },
        },
        groups: { ada: { gid: null }, www: { gid: 33, members: ["b", "a"], isSystem: true } },
      },
    });
    expect(manifest?.users).toEqual({
      ada: {
        ...ada,
        uid: 1000,
        extraGroups: ["adm", "sudo"],
        description: "",
        hashedPassword: "$6$x",
        isSystem: false,
        subIds: false,
      },
    });
    expect(manifest?.groups).toEqual({
      ada: { members: [], isSystem: false },
      www: { gid: 33, members: ["a", "b"], isSystem: true },
    });
    expect(entries.map(({ key }) => key)).toEqual(["user ada", "group ada", "group www"]);
  });

  test.each<[fields: object]>([
    [{ shell: "bash" }],
    [{ home: "/home/a:b" }],
    [{ description: "a\nroot::0:0:::" }],
    [{ hashedPassword: "a:b" }],
    [{ uid: -1 }],
    [{ uid: 4_294_967_295 }],
    [{ group: "a b" }],
    [{ extraGroups: ["a,b"] }],
  ])("refuses a user with %j", (fields) => {
    expect(read({ users: { users: { ada: { ...ada, ...fields } } } }).diagnostics).toMatchObject([
      { code: "bad-manifest", optionPath: ["users", "users", "ada"] },
    ]);
  });

  test("never shows a password", () => {
    const { diagnostics } = read({ users: { users: { ada: { ...ada, hashedPassword: "hun:ter2" } } } });
    expect(JSON.stringify(diagnostics)).not.toContain("ter2");
  });

  test("hooks and checks lose what is null, and the order of paths", () => {
    const { diagnostics, manifest } = read({
      hooks: {
        a: { run: "a", undo: null, onChange: ["/etc/b/", "/etc/a"] },
        b: { run: "b", undo: "c" },
        c: { run: "c", enable: false },
      },
      checks: { before: { x: { run: "true" } }, after: { y: { run: "true", timeout: 5 } } },
    });
    expect(diagnostics).toEqual([]);
    expect(manifest?.hooks).toEqual({
      a: { run: "a", onChange: ["/etc/a", "/etc/b/"] },
      b: { run: "b", undo: "c", onChange: [] },
    });
    expect(manifest?.checks).toEqual({
      before: { x: { run: "true", timeout: 0 } },
      after: { y: { run: "true", timeout: 5 } },
    });
  });

  test.each<[hook: object]>([
    [{ run: "" }],
    [{ run: "  " }],
    [{ run: "a\0b" }],
    [{ run: "a", undo: "" }],
    [{ run: "a", onChange: ["etc/x"] }],
    [{ run: "a", onChange: ["/etc/../x"] }],
    [{}],
  ])("refuses the hook %j", (hook) => {
    expect(read({ hooks: { h: hook } }).diagnostics).toMatchObject([
      { code: "bad-manifest", optionPath: ["hooks", "h"] },
    ]);
  });

  test.each(["", "a/b", "..", "-a", "a b"])("refuses %j as the name of a hook or a check", (name) => {
    const { diagnostics } = read({ hooks: { [name]: { run: "a" } }, checks: { after: { [name]: { run: "a" } } } });
    expect(diagnostics).toMatchObject([{ optionPath: ["hooks", name] }, { optionPath: ["checks", "after", name] }]);
  });
});

describe("readManifest of paths that conflict", () => {
  const file = { text: "" };

  test.each<[title: string, configuration: object, option: string, other: string]>([
    [
      "one path twice",
      { environment: { etc: { motd: file }, files: { "/etc/motd": file } } },
      'environment.files."/etc/motd"',
      "environment.etc.motd",
    ],
    [
      "a file that is a directory",
      { environment: { files: { "/srv": file }, directories: { "/srv": {} } } },
      'environment.directories."/srv"',
      'environment.files."/srv"',
    ],
    [
      "a file below a file",
      { environment: { files: { "/srv": file, "/srv/a/b": file } } },
      'environment.files."/srv/a/b"',
      'environment.files."/srv"',
    ],
    [
      "a directory below a symbolic link",
      { environment: { files: { "/srv": { to: "/x" } }, directories: { "/srv/a": {} } } },
      'environment.directories."/srv/a"',
      'environment.files."/srv"',
    ],
    [
      "a file and a unit",
      {
        environment: { etc: { "systemd/system/a.service": file } },
        systemd: { services: { a: { name: "a.service", text: "" } } },
      },
      "systemd.services.a",
      'environment.etc."systemd/system/a.service"',
    ],
    [
      "a file in a home that is declared, and one of the home",
      {
        environment: { files: { "/home/ada/.x": file } },
        users: { users: { ada: { group: "ada", home: "/home/ada", shell: "/bin/sh" } } },
        homes: { ada: { files: { ".x": file } } },
      },
      'homes.ada.files.".x"',
      'environment.files."/home/ada/.x"',
    ],
    [
      "two of a home that is not declared",
      { homes: { ada: { files: { x: file }, directories: { x: {} } } } },
      "homes.ada.directories.x",
      "homes.ada.files.x",
    ],
  ])("refuses %s, and names both", (_title, configuration, option, other) => {
    const { diagnostics, manifest } = read(configuration);
    expect(manifest).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: "path-conflict", severity: "error", marks: [] }]);
    expect(renderPath(diagnostics[0]?.optionPath ?? [])).toBe(option);
    expect(diagnostics[0]?.why?.map((each) => /^"(.*)" makes /.exec(each)?.[1])).toEqual([option, other]);
  });

  test("takes a file in a directory, and paths that start alike", () => {
    const environment = {
      files: { "/srv/a": file, "/srv/ab": file, "/srv/a.d/x": file },
      directories: { "/srv": {}, "/srv/a.d": {} },
    };
    expect(read({ environment }).diagnostics).toEqual([]);
  });
});

describe("readManifest", () => {
  test.each([undefined, null, 1, "x", [], {}, { environment: null, systemd: { services: {} } }])(
    "reads nothing from %j",
    (configuration) => {
      expect(read(configuration).manifest).toMatchObject({ version: 1, host: "web", files: {}, homes: {} });
    },
  );

  test.each([
    { environment: { etc: [] } },
    { environment: { etc: { motd: 1 } } },
    { environment: { etc: { motd: null } } },
    { systemd: { services: { a: { name: 1 } } } },
    { users: { users: "ada" } },
    { hooks: { a: [] } },
    { checks: { after: { a: { run: "a", timeout: -1 } } } },
  ])("refuses the shape of %j", (configuration) => {
    expect(read(configuration)).toMatchObject({ diagnostics: [{ code: "bad-manifest" }] });
  });

  test("reports all problems at once, and gives no manifest", () => {
    const { diagnostics, manifest } = read({
      environment: { etc: { a: {}, b: { text: "", mode: "9" }, c: { text: "" } } },
    });
    expect([manifest, diagnostics.length]).toEqual([undefined, 2]);
  });

  test("gives the same text for the same configuration in another order", () => {
    const a = {
      environment: { etc: { a: { text: "1" }, b: { text: "2", link: false } } },
      hooks: { h: { run: "x", onChange: ["/a", "/b"] } },
    };
    const b = {
      hooks: { h: { onChange: ["/b", "/a"], run: "x" } },
      environment: { etc: { b: { link: false, text: "2" }, a: { text: "1" } } },
    };
    const texts = [a, b].map((each) => read(each).manifest).map((manifest) => manifest && renderManifest(manifest));
    expect(texts[0]).toBe(texts[1]);
  });

  test("memberPaths lists the options whose members become entries", () => {
    const { entries } = read({
      environment: { etc: { a: { text: "" } } },
      systemd: { user: { timers: { t: { name: "t.timer", text: "" } } } },
      hooks: { h: { run: "x" } },
    });
    const known = memberPaths.map((path) => path.join("."));
    expect(entries.map(({ option }) => option.slice(0, -1).join(".")).filter((path) => !known.includes(path))).toEqual(
      [],
    );
  });
});
