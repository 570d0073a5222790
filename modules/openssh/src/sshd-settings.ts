import { type CheckName, explainedStr, nameChecked } from "@modules/explained-types";
import { types } from "firn";

/** What sshd of OpenSSH 9.2 and Debian's patches know: sshd_config(5). */
const keywords = `AcceptEnv AddressFamily AllowAgentForwarding AllowGroups AllowStreamLocalForwarding AllowTcpForwarding
AllowUsers AuthenticationMethods AuthorizedKeysCommand AuthorizedKeysCommandUser AuthorizedKeysFile
AuthorizedPrincipalsCommand AuthorizedPrincipalsCommandUser AuthorizedPrincipalsFile Banner CASignatureAlgorithms
ChannelTimeout ChrootDirectory Ciphers ClientAliveCountMax ClientAliveInterval Compression DebianBanner DenyGroups
DenyUsers DisableForwarding ExposeAuthInfo FingerprintHash ForceCommand GatewayPorts GSSAPIAuthentication
GSSAPICleanupCredentials GSSAPIKexAlgorithms GSSAPIKeyExchange GSSAPIStoreCredentialsOnRekey
GSSAPIStrictAcceptorCheck HostbasedAcceptedAlgorithms HostbasedAuthentication HostbasedUsesNameFromPacketOnly
HostCertificate HostKey HostKeyAgent HostKeyAlgorithms IgnoreRhosts IgnoreUserKnownHosts Include IPQoS
KbdInteractiveAuthentication KerberosAuthentication KerberosGetAFSToken KerberosOrLocalPasswd KerberosTicketCleanup
KexAlgorithms ListenAddress LoginGraceTime LogLevel LogVerbose MACs MaxAuthTries MaxSessions MaxStartups ModuliFile
PasswordAuthentication PermitEmptyPasswords PermitListen PermitOpen PermitRootLogin PermitTTY PermitTunnel
PermitUserEnvironment PermitUserRC PerSourceMaxStartups PerSourceNetBlockSize PidFile PrintLastLog PrintMotd
PubkeyAcceptedAlgorithms PubkeyAuthentication PubkeyAuthOptions RekeyLimit RequiredRSASize RevokedKeys
SecurityKeyProvider SetEnv StreamLocalBindMask StreamLocalBindUnlink StrictModes Subsystem SyslogFacility TCPKeepAlive
TrustedUserCAKeys UnusedConnectionTimeout UseDNS UsePAM VersionAddendum X11DisplayOffset X11Forwarding X11UseLocalhost
XAuthLocation`.split(/\s+/);

const byLowerCase = new Map(keywords.map((keyword) => [keyword.toLowerCase(), keyword]));

/** Keywords that stand once for each element of a list. */
const repeated = new Set(["HostCertificate", "HostKey", "Include", "ListenAddress", "Subsystem"]);

const line = explainedStr({
  description: "line of text that is not empty",
  check(text) {
    if (text.trim() === "") return "sshd takes no empty value";
    return /[\n\r\0]/.test(text) ? "A setting is one line" : undefined;
  },
});

const names: CheckName = {
  kind: "a setting of sshd_config",
  check(name) {
    if (name === "Port") return 'The ports are an option of their own, "services.openssh.ports"';
    if (name === "Match") return 'What counts for some only is written in "services.openssh.extraConfig"';
    // sshd takes any case; one of them is enough here, lest a setting stand there twice.
    return keywords.includes(name) ? undefined : "sshd_config(5) has no such keyword in OpenSSH 9.2";
  },
  advise(name) {
    const keyword = byLowerCase.get(name.toLowerCase());
    return keyword === undefined ? undefined : `Write ${JSON.stringify(keyword)}`;
  },
};

/** The type of all settings that have no option of their own. */
export const sshdSettings = types.attrsOf(
  nameChecked(types.oneOf([types.bool, types.int, line, types.listOf(line)]), names),
);

/** A value of a setting. */
export type SshdValue = boolean | number | string | readonly string[];

/** Renders the lines of a setting. */
export function renderSetting(name: string, value: SshdValue): string[] {
  if (typeof value === "boolean") return [`${name} ${value ? "yes" : "no"}`];
  if (typeof value !== "object") return [`${name} ${value}`];
  if (value.length === 0) return [];
  if (repeated.has(name)) return value.map((each) => `${name} ${each}`);
  const separator = /^(?:Ciphers|MACs)$|Algorithms$/.test(name) ? "," : " ";
  return [`${name} ${value.join(separator)}`];
}
