/**
 * Kinds of values, each with the names of the settings that take it. A kind is
 * a name, of which the files that end with -kinds.ts have the checks, and what
 * it is told; with a question mark after the name, an empty value takes back
 * earlier ones, and elsewhere it is a mistake. "later" are those newer than
 * systemd 252, whose values are not looked at.
 */
export interface SettingTable {
  readonly [kind: string]: string;
}

const actions =
  "none reboot reboot-force reboot-immediate poweroff poweroff-force poweroff-immediate exit exit-force " +
  "soft-reboot soft-reboot-force kexec kexec-force halt halt-force halt-immediate";

const jobModes =
  "fail replace replace-irreversibly isolate flush ignore-dependencies ignore-requirements triggering restart-dependencies";

/** Settings of [Unit]. */
export const unitSettings: SettingTable = {
  text: `Description JobTimeoutRebootArgument RebootArgument
    ConditionFirstBoot ConditionArchitecture ConditionFirmware ConditionVirtualization ConditionHost
    ConditionKernelCommandLine ConditionKernelVersion ConditionCredential ConditionSecurity ConditionCapability
    ConditionACPower ConditionMemory ConditionCPUFeature ConditionCPUs ConditionEnvironment ConditionUser
    ConditionGroup ConditionControlGroupController ConditionOSRelease ConditionMemoryPressure ConditionCPUPressure
    ConditionIOPressure AssertFirstBoot AssertArchitecture AssertVirtualization AssertHost AssertKernelCommandLine
    AssertKernelVersion AssertCredential AssertSecurity AssertCapability AssertACPower AssertMemory AssertCPUFeature
    AssertCPUs AssertEnvironment AssertUser AssertGroup AssertControlGroupController AssertOSRelease
    AssertMemoryPressure AssertCPUPressure AssertIOPressure`,
  "condition?": `ConditionPathExists ConditionPathExistsGlob ConditionPathIsDirectory ConditionPathIsSymbolicLink
    ConditionPathIsMountPoint ConditionPathIsReadWrite ConditionPathIsEncrypted ConditionDirectoryNotEmpty
    ConditionFileNotEmpty ConditionFileIsExecutable ConditionNeedsUpdate AssertPathExists AssertPathExistsGlob
    AssertPathIsDirectory AssertPathIsSymbolicLink AssertPathIsMountPoint AssertPathIsReadWrite
    AssertPathIsEncrypted AssertDirectoryNotEmpty AssertFileNotEmpty AssertFileIsExecutable AssertNeedsUpdate`,
  "urls?": "Documentation",
  "path?": "SourcePath",
  "paths?": "RequiresMountsFor",
  "units?": `Requires Requisite Wants BindsTo BindTo Upholds Conflicts Before After OnSuccess OnFailure PropagatesReloadTo
    PropagateReloadTo ReloadPropagatedFrom PropagateReloadFrom PropagatesStopTo StopPropagatedFrom PartOf
    JoinsNamespaceOf`,
  boolean: `StopWhenUnneeded RefuseManualStart RefuseManualStop AllowIsolate DefaultDependencies OnFailureIsolate
    IgnoreOnIsolate`,
  [`enum ${jobModes}`]: "OnSuccessJobMode OnFailureJobMode",
  span: "JobTimeoutSec JobRunningTimeoutSec StartLimitIntervalSec StartLimitInterval",
  [`enum ${actions}`]: "JobTimeoutAction StartLimitAction FailureAction SuccessAction",
  "int 0 4294967295": "StartLimitBurst",
  "int? 0 255": "FailureActionExitStatus SuccessActionExitStatus",
  "enum inactive inactive-or-failed": "CollectMode",
  later: "SurviveFinalKillSignal ConditionVersion AssertVersion ConditionKernelModuleLoaded AssertKernelModuleLoaded",
};

/** Settings of [Install]. */
export const installSettings: SettingTable = {
  "units?": "Alias WantedBy RequiredBy Also",
  text: "DefaultInstance",
  later: "UpheldBy",
};

/** Settings of [Service] beside those of what it starts. */
export const serviceSettings: SettingTable = {
  "exec?": "ExecCondition ExecStartPre ExecStart ExecStartPost ExecReload ExecStop ExecStopPost",
  text: "RebootArgument",
  "relative?": "PIDFile",
  span: `RestartSec TimeoutSec TimeoutStartSec TimeoutStopSec RuntimeMaxSec RuntimeRandomizedExtraSec WatchdogSec
    StartLimitInterval`,
  "span?": "TimeoutAbortSec",
  "enum terminate abort kill": "TimeoutStartFailureMode TimeoutStopFailureMode",
  "int 0 4294967295": "StartLimitBurst FileDescriptorStoreMax",
  [`enum ${actions}`]: "StartLimitAction FailureAction",
  "enum simple exec forking oneshot dbus notify notify-reload idle": "Type",
  "enum main cgroup": "ExitType",
  "enum no on-success on-failure on-abnormal on-watchdog on-abort always": "Restart",
  boolean: "PermissionsStartOnly RootDirectoryStartOnly RemainAfterExit GuessMainPID NonBlocking",
  "statuses?": "RestartPreventExitStatus RestartForceExitStatus SuccessExitStatus",
  bus: "BusName",
  "enum none main exec all": "NotifyAccess",
  "units? socket": "Sockets",
  "path?": "USBFunctionDescriptors USBFunctionStrings",
  "enum continue stop kill": "OOMPolicy",
  later:
    "ReloadSignal OpenFile RestartSteps RestartMaxDelaySec RestartMode FileDescriptorStorePreserve RefreshOnReload",
};

/** Settings of [Socket] beside those of what it starts. */
export const socketSettings: SettingTable = {
  "listen?": "ListenStream ListenDatagram",
  "listen? local": "ListenSequentialPacket",
  "path?": "ListenFIFO ListenSpecial ListenMessageQueue ListenUSBFunction",
  text: "SmackLabel SmackLabelIPIn SmackLabelIPOut",
  "text any": "TCPCongestion",
  "netlink?": "ListenNetlink",
  "part? :": "FileDescriptorName",
  "interface?": "BindToDevice",
  "enum udplite sctp": "SocketProtocol",
  "boolean both ipv6-only default": "BindIPv6Only",
  "int 0 4294967295": `Backlog MaxConnections MaxConnectionsPerSource KeepAliveProbes TriggerLimitBurst`,
  "exec?": "ExecStartPre ExecStartPost ExecStopPre ExecStopPost",
  span: "TimeoutSec KeepAliveTimeSec KeepAliveIntervalSec DeferAcceptSec TriggerLimitIntervalSec",
  "user?": "SocketUser SocketGroup",
  mode: "SocketMode DirectoryMode",
  boolean: `Accept FlushPending Writable KeepAlive NoDelay FreeBind Transparent Broadcast PassCredentials PassSecurity
    PassPacketInfo ReusePort RemoveOnStop SELinuxContextFromNet`,
  "boolean us usec µs ns nsec": "Timestamping",
  "int -2147483648 2147483647": "Priority IPTTL Mark",
  "int -9007199254740991 9007199254740991": "MessageQueueMaxMessages MessageQueueMessageSize",
  size: "ReceiveBuffer SendBuffer PipeSize",
  "int? 0 255 low-delay throughput reliability low-cost": "IPTOS",
  "paths?": "Symlinks",
  "unit service": "Service",
  later: `PassFileDescriptorsToExec PollLimitIntervalSec PollLimitBurst AcceptFileDescriptors DeferTrigger
    DeferTriggerMaxSec PassPIDFD`,
};

/** Settings of [Mount] beside those of what it starts. */
export const mountSettings: SettingTable = {
  text: "What Options Type",
  "path?": "Where",
  span: "TimeoutSec",
  mode: "DirectoryMode",
  boolean: "SloppyOptions LazyUnmount ForceUnmount ReadWriteOnly",
};

/** Settings of [Automount]. */
export const automountSettings: SettingTable = {
  "path?": "Where",
  text: "ExtraOptions",
  mode: "DirectoryMode",
  span: "TimeoutIdleSec",
};

/** Settings of [Swap] beside those of what it starts. */
export const swapSettings: SettingTable = {
  "path?": "What",
  "int? -1 32767": "Priority",
  text: "Options",
  span: "TimeoutSec",
};

/** Settings of [Timer]. */
export const timerSettings: SettingTable = {
  "calendar?": "OnCalendar",
  "span?": "OnActiveSec OnBootSec OnStartupSec OnUnitActiveSec OnUnitInactiveSec",
  boolean: "OnClockChange OnTimezoneChange Persistent WakeSystem RemainAfterElapse FixedRandomDelay",
  span: "AccuracySec RandomizedDelaySec",
  unit: "Unit",
  later: "DeferReactivation RandomizedOffsetSec",
};

/** Settings of [Path]. */
export const pathSettings: SettingTable = {
  "path?": "PathExists PathExistsGlob PathChanged PathModified DirectoryNotEmpty",
  unit: "Unit",
  boolean: "MakeDirectory",
  mode: "DirectoryMode",
  span: "TriggerLimitIntervalSec",
  "int 0 4294967295": "TriggerLimitBurst",
};
