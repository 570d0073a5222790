/**
 * Program for the machine's own perl, which each Debian has: enters a namespace
 * in which the usr of a tree is mounted on /usr, and becomes the program that is
 * to run there. No process stays between: standard streams, terminal, signals
 * and exit status are the program's own, and so are the user and the group.
 *
 * Perl, since it can call the kernel by itself: unshare of util-linux keeps its
 * rights only by giving them to the program too, or by making it root. It is
 * not to have an apostrophe, so that a shell can quote it, and has to be valid
 * also where the user's PERL5OPT asks for strict. Its arguments are the tree,
 * "1" where /usr/local stays that of the machine, the number of the file that
 * is told of a failure as three lines, or 0, and the program with its arguments.
 *
 * The order is that of namespaces(7): who unshares a user namespace may mount
 * in it until the next exec. Where the tree is on /usr already, there is nothing
 * to do: namespaces cannot be nested without end.
 */
export const treeRunner: string = String.raw`
BEGIN { $^W = 0 }
my ($tree, $local, $report, @command) = @ARGV;
my ($told, $limited, $numbers, $none);
delete $ENV{PERL_BADLANG};
if ($report) { open $told, ">&=", $report; fcntl $told, 2, 1 }

sub fail {
  my ($what, $fix, $status) = @_;
  if ($report) { print $told "$what\n$!\n$fix"; close $told }
  else { print STDERR "error[no-namespace]: Cannot run \"$command[0]\" in the tree: $what\n  why: The system says: $!\n  fix: $fix\n" }
  exit($status || 125);
}
sub setting { open my $file, "<", "/proc/sys/$_[0]" or return ""; my $line = <$file>; chomp $line; $line }
sub refused {
  my ($what) = @_;
  my $number = $! + 0;
  my $fix = "Allow namespaces to this user; a container has to be started with that right";
  $fix = "sudo sysctl kernel.unprivileged_userns_clone=1" if setting("kernel/unprivileged_userns_clone") eq "0";
  $fix = "sudo sysctl user.max_user_namespaces=15000" if setting("user/max_user_namespaces") eq "0";
  my $profile = "bwrap-userns-restrict";
  $fix = "sudo apt-get install bubblewrap apparmor-profiles && sudo install -m 644 /usr/share/apparmor/extra-profiles/$profile /etc/apparmor.d/ && sudo apparmor_parser -r /etc/apparmor.d/$profile" if $limited;
  $! = $number;
  fail($what, $fix);
}
sub put { open my $file, ">", $_[0] or return 0; print $file $_[1]; close $file }
sub mount {
  my ($from, $to, $flags) = @_;
  syscall($numbers->[1], $from, $to, $none = 0, $flags, $none) == 0;
}
sub become {
  exec { $command[0] } @command;
  fail("it cannot be started", $! == 2 ? "Add its package, or correct its name" : "Look at its file", $! == 2 ? 127 : 126);
}
sub knows_language {
  opendir my $folder, "$tree/usr/lib/locale" or return 0;
  grep { !/^(\.|C$|C\.)/ } readdir $folder;
}

my ($device, $file) = stat "$tree/usr" or fail("the tree is not there", "Build it again");
my @there = stat "/usr";
become() if $there[0] == $device && $there[1] == $file;
for (qw(/bin /sbin /lib)) { -l or fail("$_ is not a link to usr$_", "Use a machine whose /usr is merged: sudo apt-get install usrmerge") }
if (($ENV{LC_ALL} || $ENV{LC_CTYPE} || $ENV{LANG} || "C") !~ /^(C|POSIX)(\.|$)/ && !knows_language()) { $ENV{LC_ALL} = "C.UTF-8" }
my $bundle = "/usr/lib/firn/certificates.pem";
if (-e "$tree$bundle" && !-e "/etc/ssl/certs/ca-certificates.crt") {
  for (qw(SSL_CERT_FILE CURL_CA_BUNDLE GIT_SSL_CAINFO)) { $ENV{$_} = $bundle unless exists $ENV{$_} }
}
$local &&= -d "/usr/local";

$limited = $> && setting("kernel/apparmor_restrict_unprivileged_userns") eq "1";
if ($limited && -x "/usr/bin/bwrap") {
  my @own = $local ? ("--bind", "/usr/local", "/usr/local") : ();
  my @try = ("/usr/bin/bwrap", "--dev-bind", "/", "/", "--", "/bin/true");
  if (system(@try) != 0) { $! = 1; refused("bubblewrap is refused, too") }
  exec "/usr/bin/bwrap", "--dev-bind", "/", "/", "--ro-bind", "$tree/usr", "/usr", @own, "--", @command;
}

my ($self, $head);
open $self, "<", "/proc/self/exe" and read $self, $head, 20;
my $kind = unpack "x18S", $head;
$numbers = {62 => [272, 165], 183 => [97, 40], 243 => [97, 40], 3 => [310, 21], 40 => [337, 21], 21 => [282, 21], 22 => [303, 21]}->{$kind}
  or fail("this kind of processor is not known", "Please report it");
my ($user, $group) = ($>, $) + 0);
if ($user || syscall($numbers->[0], 0x20000) != 0) {
  syscall($numbers->[0], 0x10020000) == 0 or refused("this user may make no namespace");
  put("/proc/self/uid_map", "$user $user 1\n") or refused("this user may not use a namespace");
  put("/proc/self/setgroups", "deny");
  put("/proc/self/gid_map", "$group $group 1\n") or refused("this group may not use a namespace");
}
my $folder = readlink "/proc/self/cwd";
mount("none", "/", 0x84000) or refused("nothing can be mounted");
if ($local) { mount("/usr/local", "$tree/usr/local", 0x5000) or refused("/usr/local cannot be mounted") }
mount("$tree/usr", "/usr", 0x5000) or refused("the tree cannot be mounted");
mount("none", "/usr", 0x1027) or fail("it cannot be mounted for reading only", "Keep trees on a file system that is not mounted with noexec");
chdir $folder;
become();
`;
