import type { SettingTable } from "./unit-settings.ts";

const controllers =
  "cpu cpuacct cpuset io blkio memory devices pids bpf-firewall bpf-devices bpf-foreign bpf-socket-bind " +
  "bpf-restrict-network-interfaces";

const architectures =
  "native x86 x86-64 x32 arm arm64 mips mips-le mips64 mips64-le mips64-le-n32 mips64-n32 ppc ppc64 ppc64-le parisc " +
  "parisc64 riscv64 s390 s390x loongarch64";

const families =
  "AF_UNIX AF_LOCAL AF_INET AF_INET6 AF_NETLINK AF_PACKET AF_VSOCK AF_ALG AF_BLUETOOTH AF_BRIDGE AF_CAN AF_XDP " +
  "AF_KEY AF_TIPC AF_RDS AF_PPPOX AF_LLC AF_IB AF_MPLS AF_KCM AF_QIPCRTR AF_SMC AF_NFC AF_PHONET AF_IEEE802154 AF_CAIF";

const facilities =
  "kern user mail daemon auth syslog lpr news uucp cron authpriv ftp local0 local1 local2 local3 local4 local5 local6 local7";

/** Settings of whatever starts programs: how it runs them. */
export const execSettings: SettingTable = {
  text: `StandardInputText SyslogIdentifier PAMName UtmpIdentifier SELinuxContext AppArmorProfile SmackProcessLabel`,
  "part? /": "LogNamespace",
  "text any": `RootImageOptions RootHash RootHashSignature MountImages ExtensionImages RestrictFileSystems`,
  "credential? :": "SetCredential SetCredentialEncrypted",
  "credential?": "LoadCredential LoadCredentialEncrypted",
  "coredump?": "CoredumpFilter",
  "home?": "WorkingDirectory",
  "path?": `RootDirectory RootImage RootVerity TTYPath NetworkNamespacePath IPCNamespacePath`,
  "paths?": "ExtensionDirectories",
  "paths? -+": `ReadWriteDirectories ReadOnlyDirectories InaccessibleDirectories ReadWritePaths ReadOnlyPaths
    InaccessiblePaths ExecPaths NoExecPaths`,
  "mounts?": "TemporaryFileSystem",
  "binds?": "BindPaths BindReadOnlyPaths",
  "path? :": "ExecSearchPath",
  "user?": "User Group",
  "users?": "SupplementaryGroups",
  "int? -20 19": "Nice",
  "int? -1000 1000": "OOMScoreAdjust",
  "int? 0 7": "IOSchedulingPriority",
  "int? 0 3 none realtime best-effort idle": "IOSchedulingClass",
  "int? 0 2147483647 other batch idle fifo rr": "CPUSchedulingPolicy",
  "int 0 99": "CPUSchedulingPriority",
  "int? 0 4294967295": "TTYRows TTYColumns",
  "cpus? numa": "CPUAffinity",
  "cpus?": "NUMAMask",
  "enum? default preferred bind interleave local": "NUMAPolicy",
  mode: `UMask RuntimeDirectoryMode StateDirectoryMode CacheDirectoryMode LogsDirectoryMode
    ConfigurationDirectoryMode`,
  "environment?": "Environment LogExtraFields",
  "condition? -": "EnvironmentFile",
  "variables?": "PassEnvironment",
  "variables? =": "UnsetEnvironment",
  boolean: `CPUSchedulingResetOnFork DynamicUser RemoveIPC TTYReset TTYVHangup TTYVTDisallocate SyslogLevelPrefix
    NoNewPrivileges MemoryDenyWriteExecute RestrictRealtime RestrictSUIDSGID LockPersonality PrivateDevices
    ProtectKernelTunables ProtectKernelModules ProtectKernelLogs ProtectClock PrivateNetwork PrivateMounts PrivateIPC
    IgnoreSIGPIPE`,
  "boolean?": "MountAPIVFS",
  // Values beside yes and no of these four are newer than systemd 252.
  "boolean disconnected": "PrivateTmp",
  "boolean private strict": "ProtectControlGroups",
  "boolean self identity full": "PrivateUsers",
  "boolean private": "ProtectHostname",
  "boolean strict full": "ProtectSystem",
  "boolean read-only tmpfs": "ProtectHome",
  "boolean restart": "RuntimeDirectoryPreserve",
  "input null tty tty-force tty-fail data socket": "StandardInput",
  "output inherit null tty journal kmsg journal+console kmsg+console syslog syslog+console socket":
    "StandardOutput StandardError",
  "base64?": "StandardInputData",
  [`int 0 127 ${facilities}`]: "SyslogFacility",
  "int 0 7 emerg alert crit err warning notice info debug": "SyslogLevel LogLevelMax",
  span: "LogRateLimitIntervalSec TimeoutCleanSec",
  nanospan: "TimerSlackNSec",
  "int 0 4294967295": "LogRateLimitBurst",
  "some? keep-caps keep-caps-locked no-setuid-fixup no-setuid-fixup-locked noroot noroot-locked": "SecureBits",
  "capabilities?": "CapabilityBoundingSet AmbientCapabilities",
  "enum inherit private shared": "KeyringMode",
  "enum noaccess invisible ptraceable default": "ProtectProc",
  "enum all pid": "ProcSubset",
  "syscalls?": "SystemCallFilter SystemCallLog",
  [`some? ${architectures}`]: "SystemCallArchitectures",
  [`enum? ${architectures.replace("native ", "")}`]: "Personality",
  "errno?": "SystemCallErrorNumber",
  "namespaces?": "RestrictNamespaces",
  [`someornot? none ${families}`]: "RestrictAddressFamilies",
  "limit span": "LimitCPU LimitRTTIME",
  "limit size": "LimitFSIZE LimitDATA LimitSTACK LimitCORE LimitRSS LimitAS LimitMEMLOCK LimitMSGQUEUE",
  "limit int": "LimitNOFILE LimitNPROC LimitLOCKS LimitSIGPENDING LimitRTPRIO",
  "limit nice": "LimitNICE",
  "some? shared slave private": "MountFlags",
  "directories? :": "RuntimeDirectory StateDirectory CacheDirectory LogsDirectory",
  "directories?": "ConfigurationDirectory",
  "enum init login user": "UtmpMode",
  later: `RootEphemeral RootImagePolicy MountImagePolicy ExtensionImagePolicy SetLoginEnvironment LogFilterPatterns
    PrivatePIDs ImportCredential PrivateBPF BPFDelegateCommands BPFDelegateMaps BPFDelegatePrograms
    BPFDelegateAttachments DelegateNamespaces MemoryKSM MemoryTHP CoredumpReceive UserNamespacePath
    StateDirectoryQuota CacheDirectoryQuota LogsDirectoryQuota StateDirectoryAccounting CacheDirectoryAccounting
    LogsDirectoryAccounting`,
};

/** Settings of whatever starts programs: how it ends them. */
export const killSettings: SettingTable = {
  boolean: "SendSIGKILL SendSIGHUP",
  "enum? control-group process mixed none": "KillMode",
  signal: "KillSignal RestartKillSignal FinalKillSignal WatchdogSignal",
};

/** Settings of whatever has programs below it: what they may use. */
export const resourceSettings: SettingTable = {
  "unit slice": "Slice",
  boolean: "CPUAccounting MemoryAccounting IOAccounting BlockIOAccounting TasksAccounting IPAccounting",
  "cpus?": "AllowedCPUs StartupAllowedCPUs AllowedMemoryNodes StartupAllowedMemoryNodes",
  "int? 1 10000 idle": "CPUWeight StartupCPUWeight",
  "int? 1 10000": "IOWeight StartupIOWeight",
  "int? 2 262144": "CPUShares StartupCPUShares",
  "int? 10 1000": "BlockIOWeight StartupBlockIOWeight",
  "percent? -": "CPUQuota",
  "percent?": "ManagedOOMMemoryPressureLimit",
  "span?": "CPUQuotaPeriodSec",
  "memory?": "MemoryMin DefaultMemoryMin DefaultMemoryLow MemoryLow MemorySwapMax",
  "memory? positive": "MemoryHigh MemoryMax MemoryLimit",
  "tasks?": "TasksMax",
  "device?": "DeviceAllow",
  "enum auto closed strict": "DevicePolicy",
  "perdevice? weight": "IODeviceWeight",
  "perdevice? legacyweight": "BlockIODeviceWeight",
  "perdevice? size": `IOReadBandwidthMax IOWriteBandwidthMax IOReadIOPSMax IOWriteIOPSMax BlockIOReadBandwidth
    BlockIOWriteBandwidth`,
  "perdevice? span": "IODeviceLatencyTargetSec",
  [`delegate? ${controllers}`]: "Delegate",
  [`some? ${controllers}`]: "DisableControllers",
  "addresses?": "IPAddressAllow IPAddressDeny",
  "path?": "IPIngressFilterPath IPEgressFilterPath",
  "enum? auto kill": "ManagedOOMSwap ManagedOOMMemoryPressure",
  "enum none avoid omit": "ManagedOOMPreference",
  "text any": "BPFProgram",
  "interfaces?": "RestrictNetworkInterfaces",
  "ports?": "SocketBindAllow SocketBindDeny",
  later: `MemoryZSwapMax MemoryZSwapWriteback StartupMemoryLow StartupMemoryHigh StartupMemoryMax StartupMemorySwapMax
    StartupMemoryZSwapMax DefaultStartupMemoryLow MemoryPressureWatch MemoryPressureThresholdSec
    ManagedOOMMemoryPressureDurationSec NFTSet ConcurrencyHardMax ConcurrencySoftMax CPUPressureWatch IOPressureWatch`,
};
