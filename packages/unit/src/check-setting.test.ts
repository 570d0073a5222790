import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkSetting } from "@firn/unit";
import { describe, expect, test } from "vitest";

interface Setting {
  readonly section: string;
  readonly key: string;
}

interface Case extends Setting {
  readonly value: string;
}

const types: { readonly [section: string]: string } = {
  Unit: "service",
  Service: "service",
  Socket: "socket",
  Timer: "timer",
  Path: "path",
  Mount: "mount",
  Automount: "automount",
  Swap: "swap",
  Slice: "slice",
  Install: "service",
};

/** The settings that systemd says it knows. */
function listKnown(): Setting[] {
  const { stdout } = spawnSync("/lib/systemd/systemd", ["--dump-configuration-items"], { encoding: "utf8" });
  let section = "";
  return stdout.split("\n").flatMap((line) => {
    section = /^\[(.+)\]$/.exec(line)?.[1] ?? section;
    const key = /^(\w+)=/.exec(line)?.[1];
    return key === undefined ? [] : [{ section, key }];
  });
}

/** Settings that systemd 252 lists, only to say that they do nothing. */
const gone = new Set(["RequiresOverridable", "RequisiteOverridable"]);

const known = listKnown().filter(({ key, section }) => section in types && !gone.has(key));

/** Settings of which systemd reads no more of a file after a mistake, or of which a file has one. */
const separate =
  /^(?:PIDFile|Exec(?:Condition|St|Reload)\w*|User|Group|SupplementaryGroups|Socket(?:User|Group)|WorkingDirectory|Root(?:Directory|Image|Verity)|DynamicUser|Unit|Service|Slice)$/;

/** Advice on settings and values for which there are better ones is no refusal. */
const advice = /please use|is obsolete|is unsafe|is deprecated|Ignoring unknown escape/i;

/** The cases that systemd refuses, each known by the file and the line that it is written to. */
function refusedBySystemd(cases: readonly Case[]): Set<Case> {
  const folder = mkdtempSync(join(tmpdir(), "firn-unit-"));
  try {
    const files = new Map<string, Case[]>();
    for (const [index, each] of cases.entries()) {
      const name = `${separate.test(each.key) ? index : `${each.section}-${each.key}`}.${types[each.section]}`;
      files.set(name, [...(files.get(name) ?? []), each]);
    }
    for (const [name, [first, ...others]] of files) {
      const lines = [first, ...others].map((each) => `${each?.key}=${each?.value}`);
      writeFileSync(join(folder, name), [`[${first?.section}]`, ...lines, ""].join("\n"));
    }
    const paths = [...files.keys()].map((name) => join(folder, name));
    const { stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", ...paths], {
      encoding: "utf8",
      maxBuffer: 1e8,
    });
    const lines = stderr.split("\n").filter((line) => !advice.test(line));
    return new Set(
      lines.flatMap((line) => {
        const [, name = "", number = ""] = /\/([\w-]+\.\w+):(\d+): /.exec(line) ?? [];
        return files.get(name)?.[Number(number) - 2] ?? [];
      }),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function isRefused({ key, section, value }: Case): boolean {
  return checkSetting(section, key, value) !== undefined;
}

function render({ key, section, value }: Case): string {
  return `[${section}] ${key}=${value}`;
}

/** Cases on which we and systemd are not of one mind. */
function disagreements(cases: readonly Case[]): string[] {
  const theirs = refusedBySystemd(cases);
  return cases
    .filter((each) => isRefused(each) !== theirs.has(each))
    .map((each) => `${theirs.has(each) ? "we take" : "systemd takes"} ${render(each)}`);
}

/** Settings of which we take what systemd does not: they are rare, and their values have a syntax of their own. */
const unchecked = new Set(
  (
    "RootImageOptions RootHash RootHashSignature ExtensionImages MountImages SetCredentialEncrypted BPFProgram " +
    "SystemCallFilter SystemCallLog RestrictFileSystems"
  ).split(" "),
);

/** Settings of which systemd says nothing while it reads them, and ignores or refuses a wrong value later. */
const stricter = new Set(
  "SecureBits CapabilityBoundingSet AmbientCapabilities Alias WantedBy RequiredBy Also DefaultInstance".split(" "),
);

/** Single values that differ. */
const differences = [
  // Newer than systemd 252.
  "we take [Service] ProtectControlGroups=strict",
  "we take [Service] ProtectControlGroups=private",
  "we take [Service] PrivateUsers=full",
  "we take [Service] ProtectHostname=private",
  // Of no use, and not worth a line of code.
  'systemd takes [Service] SupplementaryGroups="a',
  "we take [Service] CoredumpFilter=99999999999999999999",
  "systemd takes [Service] CoredumpFilter=+3",
  "systemd takes [Service] IOSchedulingClass=5",
  'we take [Service] RestrictNetworkInterfaces="a',
  "we take [Socket] ListenNetlink=99999999999999999999",
  ...["Runtime", "State", "Cache", "Logs", "Configuration"].map(
    (name) => `systemd takes [Service] ${name}Directory=::1`,
  ),
];

/** Each is given to every setting. */
const probes = (
  ",maybe,yes,5,-5,5.5,0,a,/a/b,a/b,../a,/a/../b,~,/a b,5s,5%,500%,1G,1X,infinity,a.service,a.slice,a.target,foo.bar," +
  "0644,9999,77777,SIGTERM,TERM,99,%Q,daily,a:b,/a:/b,/a:/b:ro,max,idle,A=b,A B,a b c,1:2,info,daemon,best-effort,rr," +
  "3-5,ALL,127.0.0.1,::1,10.0.0.0/8,localhost,any,/dev/null rw,/dev/sda 5,/dev/sda 1G,/dev/sda 5s,char-foo r," +
  "@system-service,read,~read,none,native,x86,x86-64,AF_INET,CAP_CHOWN,~CAP_CHOWN,cap_foo,EPERM,kill,net,strict,full," +
  "read-only,tmpfs,inherit,null,journal,file:/x,file:x,fd:a,private,shared,invisible,pid,keep-caps,ext4,cpu memory,auto," +
  'continue,99999999999999999999,1k,-10,+3,1:2:3,"a,a:5,tcp:80,ipv4:tcp:80-90,restart,SUCCESS,200,256'
).split(",");

/** Values of single settings, with "|" between; most settings of a kind are like the one here. */
const values: { readonly [setting: string]: string } = {
  "Unit.Description": "100%|100%%|a%|%F|%n of %H|% d|é",
  "Unit.Documentation": "man:a(1) https://x|http:/x|x|file:///a|info:a|ftp://a",
  "Unit.After": "a.service b.service|a.service,b.service|a@.service|a@b.service|x|/a/b|a b.service|a.foo|.service",
  "Unit.RequiresMountsFor": '/a /b|"/a b"|/a b|/a/..|/a/../b|a',
  "Unit.ConditionPathExists": "!/a|\u0007|/%%a|a|! /a",
  "Unit.FailureAction": "reboot|exit-force|poweroff-immediate|halted|Reboot",
  "Unit.OnFailureJobMode": "replace-irreversibly|fail|isolate|stop",
  "Unit.StartLimitIntervalSec": "0|10min|never|1h 5|infinity",
  "Unit.CollectMode": "inactive|inactive-or-failed|failed",
  "Unit.SuccessActionExitStatus": "0|255|256|-1|x",
  "Service.Type": "simple|exec|forking|oneshot|dbus|notify|idle|Simple|daemon",
  "Service.Restart": "no|always|on-failure|on-success|on-abnormal|on-watchdog|on-abort|yes|never|sometimes",
  "Service.RestartSec": "5|5s|5min 20s|100ms|soon|-1|1.5|%i",
  "Service.ExecStart":
    "/bin/date +%F|/bin/date +%%F|foo%|/bin/sh -c \"a|/bin/sh -c 'a b'|@/bin/sh|@/bin/sh x|-|a/b|/|/bin/|foo|" +
    "/bin/a ; /bin/b|/bin/a ; b/c|/bin/a \\; b/c|/bin/a ;|;/bin/a|++/bin/a|+!/bin/a|!!/bin/a|!!!/bin/a|-@:+/bin/a b|" +
    '--/bin/a|"/bin/a b" c|/bin/a \\x41|/bin/a ${A|$FOO|${FOO}/x|/bin/$A|%h/bin/x|/bin/../x|./x|../x|~/x|a;b|- /bin/a|' +
    `/bin/a "b ; c/d"|/bin/a 'it"s'|/bin/a it's|"/bin/a"b|/bin/a=b|FOO=bar /bin/a`,
  "Service.ExecReload": "kill -HUP $MAINPID|/bin/kill -HUP $MAINPID|bin/kill",
  "Service.TimeoutAbortSec": "watchdog|5|dog",
  "Service.KillSignal": "RTMIN+3|SIGRTMIN+3|RTMAX-2|RTMIN+40|SIGFOO|64|65|0|sigterm|SIGHUP|HUP|SIGSIGHUP|15",
  "Service.KillMode": "control-group|mixed|process|all",
  "Service.SuccessExitStatus": "0 1 SIGKILL|TEMPFAIL 250|256|FOO|SIGFOO|143,1|-1|EXCEPTION",
  "Service.Environment": `A=b C="d e"|"A=b c" D=e|A="|1A=b|A-B=c|A=%%|A=%n|A|=b|A=b c|'A=b c'`,
  "Service.EnvironmentFile": "/a|-/a|a|-a|/a/*.env|--/a",
  "Service.PassEnvironment": "A B|A=b|A,B|1A",
  "Service.UnsetEnvironment": "A B=c|1A|A-B",
  "Service.User": "root|65535|4294967295|4294967294|4294967296|a b|a.b|a@b|é|-a|-5|a:|.|..|a/b|1a|nobody_1|%n",
  "Service.SupplementaryGroups": "a b|a:b|10 20|65535",
  "Service.WorkingDirectory": "/a|-/a|~|-~|a|../a|/a/..|%h|~/a|%h/a",
  "Service.RootDirectory": "/a|a|/a/../b",
  "Service.PIDFile": "/run/a.pid|a.pid|a/b.pid|../a.pid|/run/../a.pid|%t/a.pid",
  "Service.ReadWritePaths": '/a /b|-/a|+/a|-+/a|+-/a|"/a b"|/a/..|x|/a b|/a,/b',
  "Service.BindPaths": '/a|-/a|/a:/b:rbind|/a:/b:norbind|/a:/b:ro|/a:b|"/a b:/c"|/a:/b:|/a:|a:/b',
  "Service.TemporaryFileSystem": "/a:ro|/a|a|/a:size=5%%,mode=0755 /b",
  "Service.RuntimeDirectory": "a b/c|/a|a/../b|../a|a:b|a:b c:d|private|private/a|%N",
  "Service.ConfigurationDirectory": "a b|a:b|/a",
  "Service.UMask": "07777|077777|8|022|u=rwx",
  "Service.Nice": "-20|19|20|-21|+5|nice",
  "Service.OOMScoreAdjust": "-1000|1000|1001",
  "Service.CPUSchedulingPolicy": "other|batch|fifo|rr|deadline",
  "Service.CPUAffinity": "numa|0-3,5|0 1|5-3|99999|8191|8192|a|1-",
  "Service.IOSchedulingPriority": "7|8|-1",
  "Service.LimitNOFILE": "1:2|1:|:1|infinity:infinity|1G|1k|4294967296|1024:infinity|-1|unlimited",
  "Service.LimitNICE": "-20|-21|19|20|+19|+20|40|41|1:2",
  "Service.LimitCPU": "5|5min|5min:1h|1X|infinity",
  "Service.LimitCORE": "0|1G:2G|infinity|1GB|1M:x",
  "Service.StandardOutput":
    "journal|kmsg|tty|file:/a|append:/a|truncate:/a|append:a|fd|fd:a|fd:a b|socket|/a|syslog|none|journal+console|stdout",
  "Service.StandardInput": "tty-force|tty|file:/a|append:/a|data|socket|inherit|fd:a",
  "Service.StandardInputData": "YQ==|YQ=|Y|YWJj|a-b_",
  "Service.SyslogFacility": "local7|local8|kern|127|128|authpriv",
  "Service.SyslogLevel": "warning|warn|err|error|8|debug",
  "Service.ProtectSystem": "yes|strict|full|true|on|tmpfs|no",
  "Service.ProtectHome": "read-only|tmpfs|strict|1",
  "Service.ProtectProc": "invisible|ptraceable|noaccess|default|hidden",
  "Service.PrivateTmp": "yes|no|maybe|TRUE|On|y|n|t|f|10",
  "Service.SystemCallFilter": "~@clock @mount|~read:EPERM|read:EPERM|~read:5|~read:kill|read write|Read",
  "Service.SystemCallErrorNumber": "EPERM|1|4095|4096|0|kill|allow",
  "Service.SystemCallArchitectures": "native x86|native foo|x86-64",
  "Service.RestrictAddressFamilies": "AF_UNIX AF_INET6|~AF_PACKET|unix|none|AF_FOO|AF_INET,AF_INET6",
  "Service.RestrictNamespaces": "cgroup ipc net mnt pid user uts|~user pid|time|foo|yes|net,pid",
  "Service.CapabilityBoundingSet": "CAP_CHOWN CAP_KILL|~CAP_SYS_ADMIN|cap_chown",
  "Service.LoadCredential": "a:/b|a:b|a:../b|a b|:b|a:|a%%b|a:b:c|a:/b:c|..",
  "Service.SetCredential": "a:b|:b|a:|a b:c|a/b:c|a:b c",
  "Service.Slice": "a-b.slice|-.slice|a.service|a",
  "Service.Sockets": "a.socket b.socket|a.service",
  "Service.NotifyAccess": "main|all|exec|none|any",
  "Service.OOMPolicy": "stop|kill|continue|die",
  "Service.BusName": "org.example.A|org|a.b-c|.a.b|a..b|1.a|a.1",
  "Service.MemoryMax": "0|50%|100%|101%|50.5%|5‰|5‱|-1|1G|1g|1GB|1.5G|1 G|infinity|max",
  "Service.MemoryMin": "0|1M|x",
  "Service.TasksMax": "0|1|1%|101%|infinity|max",
  "Service.CPUQuota": "0%|1000%|5|5.5%|-1%|5.123%",
  "Service.CPUWeight": "1|10000|0|10001|idle|best",
  "Service.IOWeight": "1|10000|idle",
  "Service.IOReadBandwidthMax": "/ 5|/dev/sda 5k|/dev/sda infinity|/dev/sda|x|/dev/sda 1G 5",
  "Service.IODeviceLatencyTargetSec": "/dev/sda 5ms|/dev/sda x",
  "Service.DeviceAllow": "/dev/a|/dev/a rwm|/dev/a x|char-*|block-foo rw|dev|/etc/a",
  "Service.DevicePolicy": "auto|closed|strict|open",
  "Service.Delegate": "yes|cpu io|cpu foo|no",
  "Service.IPAddressAllow":
    "10.0.0.0/8 ::1/128|10.0.0.0/33|::/129|10.0.0|any|localhost link-local multicast|fe80::/10|1:2:3:4:5:6:7:8|" +
    "1:2:3:4:5:6:7|1::2::3|::ffff:1.2.3.4|256.0.0.1|01.2.3.4|g::|1:2:3:4:5:6:7::|1:2:3:4:5:6:7:8::|12345::|:1|1:",
  "Service.SocketBindAllow": "ipv6|tcp|ipv4:udp|ipv4:80|udp:80-90|90-80|0|65536|sctp:80|any|ipv4:any",
  "Service.RestrictNetworkInterfaces": "a b|~a|12|abcdefghijklmnopq",
  "Socket.ListenStream":
    "0|1|65535|65536|1.2.3.4:80|[::]:80|[::1]|::1:80|*:80|localhost:80|vsock:2:80|vsock::80|vsock:x:1|@a b|@|[fe80::1]:80|" +
    "1.2.3:80|/a/../b|a/b|eighty|1.2.3.4:0|1.2.3.4:65536|%t/a.sock|[::1]:|[g]:80",
  "Socket.ListenSequentialPacket": "80|/a|@a|a",
  "Socket.ListenFIFO": "/a|a|@a",
  "Socket.ListenNetlink": "route 5|kobject-uevent 1|foo 1|5 5|route x|-1",
  "Socket.BindIPv6Only": "both|ipv6-only|default|yes|ipv4-only",
  "Socket.BindToDevice": "abcdefghijklmnop|abcdefghijklmno|a%%b|..|12|a-b|é|a/b",
  "Socket.FileDescriptorName": "a|a:b|a b",
  "Socket.Backlog": "128|-1|many",
  "Socket.Service": "a.service|a.socket|a",
  "Socket.IPTOS": "low-delay|throughput|255|256",
  "Socket.SocketMode": "0660|rw",
  "Timer.OnCalendar": "daily|*-*-* 4:00|dayly|Mon..Fri 10:00|25:00|Mon *-*-1..7 4:00 Europe/Berlin",
  "Timer.OnBootSec": "5min|5|soon|1h 30min",
  "Timer.AccuracySec": "1us|x|0",
  "Timer.Persistent": "yes|daily",
  "Timer.Unit": "a.service|foo|a@b.service|a.slice|a.target",
  "Path.PathChanged": "/a|a|/a/../b|/a b|/a*",
  "Path.DirectoryNotEmpty": "/a|a",
  "Mount.What": "/dev/sda1|nas:/b|tmpfs|UUID=a",
  "Mount.Where": "/a|a|/a/../b",
  "Mount.DirectoryMode": "0755|99",
  "Automount.TimeoutIdleSec": "0|10min|x",
  "Swap.Priority": "-1|-2|32767|32768|high",
  "Swap.What": "/dev/sda1|/a b|a",
  "Slice.MemoryMax": "much|1G",
};

function settingOf(text: string): Setting {
  const [section = "", key = ""] = text.split(".");
  return { section, key };
}

describe("checkSetting", () => {
  test("knows the settings that systemd knows", () => {
    expect(known.length).toBeGreaterThan(900);
    const missing = known.filter(({ key, section }) => checkSetting(section, key, "")?.startsWith("systemd knows no"));
    expect(missing).toEqual([]);
  });

  test("refuses of each setting what systemd refuses, and nothing else", () => {
    // Those of programs and their resources are the same in each section that has them.
    const own = new Map(
      known
        .toReversed()
        .map((each) => [
          /^(?:Unit|Timer|Path|Install|Automount)$/.test(each.section) ||
          /^(?:What|Where|Options|Priority)$/.test(each.key)
            ? `${each.section}.${each.key}`
            : each.key,
          each,
        ]),
    );
    const cases = [...own.values()].flatMap((setting) => probes.map((value) => ({ ...setting, value })));
    expect(cases.length).toBeGreaterThan(40_000);
    const found = disagreements(cases);
    const keyOf = (line: string): string => /\] (\w+)=/.exec(line)?.[1] ?? "";
    const isListed = (line: string): boolean => (line.startsWith("we take") ? unchecked : stricter).has(keyOf(line));
    expect(found.filter((line) => !isListed(line)).toSorted()).toEqual(differences.toSorted());
    // Nothing is listed without need.
    expect([...new Set(found.filter(isListed).map(keyOf))].toSorted()).toEqual([...unchecked, ...stricter].toSorted());
  });

  test.each(Object.entries(values))("refuses of %s what systemd refuses, and nothing else", (setting, list) => {
    const cases = list.split("|").map((value) => ({ ...settingOf(setting), value }));
    expect(disagreements(cases)).toEqual([]);
  });

  test.each([
    ["RestartSteps", "5"],
    ["PrivatePIDs", "yes"],
    ["ImportCredential", "a.*"],
  ])("takes %s, which is newer than systemd 252", (key, value) => {
    expect(checkSetting("Service", key, value)).toBe(undefined);
  });

  test.each([
    ["Service", "SystemCallErrorNumber", "ENOSUCHERROR"],
    ["Timer", "OnCalendar", "daily Europe/Atlantis"],
    ["Unit", "RequiresMountsFor", "/srv/%i"],
    ["Service", "ExecStart", "%h/bin/x"],
    ["Socket", "ListenStream", "%t/app.sock"],
  ])("takes what only the host knows: [%s] %s=%s", (section, key, value) => {
    expect(checkSetting(section, key, value)).toBe(undefined);
  });

  test("leaves to other programs what is theirs", () => {
    expect(checkSetting("X-App", "Anything", "x")).toBe(undefined);
    expect(checkSetting("Service", "X-Anything", "x")).toBe(undefined);
  });

  test.each([
    ["Service", "ExecStrat", "x", 'systemd knows no ExecStrat in [Service]; similar are "ExecStart"'],
    ["Service", "Qqqqqqqqqqqqqqqq", "x", "systemd knows no Qqqqqqqqqqqqqqqq in [Service]"],
    ["Unit", "ExecStart", "/a", "systemd knows no ExecStart in [Unit]: it belongs in [Service]"],
    ["Timer", "WantedBy", "a.target", "systemd knows no WantedBy in [Timer]: it belongs in [Install]"],
    ["Services", "ExecStart", "/a", "systemd knows no section [Services]"],
    ["Service", "Restart", "sometimes", "It has to be one of no, on-success, on-failure"],
    ["Service", "NoNewPrivileges", "maybe", "It has to be a boolean: yes or no"],
    ["Service", "ProtectHome", "maybe", "It has to be a boolean or one of read-only, tmpfs"],
    ["Service", "Nice", "20", "It has to be a whole number from -20 to 19"],
    ["Service", "RestartSec", "soon", "It has to be a span of time"],
    [
      "Service",
      "ExecStart",
      "./x",
      'A command is an absolute path or the bare name of a program, and "./x" is neither',
    ],
    ["Service", "ExecStart", "/bin/date +%F", 'systemd knows no specifier "%F"'],
    ["Service", "ExecStart", 'sh -c "x', "A quote is not closed"],
    ["Service", "Slice", "a.service", "The name of a unit that ends with .slice has to stand here"],
    ["Unit", "After", "network", "A unit's name ends with its type"],
    ["Socket", "ListenStream", "eighty", "It has to be a path"],
  ])("says of [%s] %s=%s what is wrong", (section, key, value, start) => {
    expect(checkSetting(section, key, value)?.slice(0, start.length)).toBe(start);
  });

  test("takes a few microseconds", () => {
    const start = performance.now();
    for (let index = 0; index < 10_000; index++) checkSetting("Service", "ExecStart", `/bin/app --number ${index}`);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
