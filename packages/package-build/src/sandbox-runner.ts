/**
 * Program for the machine's own perl, which each Debian has: makes namespaces of
 * users, mounts, processes, networks, messages and names, in which nothing of
 * the machine is there but what is mounted below, and becomes a shell that runs
 * a script. Perl, since it can call the kernel by itself.
 *
 * Its arguments are the number of the file that is told of a failure as three
 * lines, the number of the process that starts it, "1" where it is root and drops that by itself, the number of the user
 * and group inside, the tree for /usr, the folder in which all is mounted, those
 * for /build, /out and /tmp, and the script.
 *
 * The process that stays outside waits, and is killed when the one ends that
 * has started it; when it is killed, so is the first one inside, and with that
 * all others. That one mounts, then starts the script
 * without any rights, and ends with it, whatever still runs. What it mounts is
 * locked for the script: those may not unmount it who make a further namespace.
 * An ordinary user has one identity in a namespace; root takes that of a user
 * whom no machine has, since many files of /proc are those of the real root.
 */
export const sandboxRunner: string = String.raw`
use POSIX ();
BEGIN { $^W = 0 }
my ($report, $parent, $is_root, $id, $tree, $root, $build, $out, $tmp, $script) = @ARGV;
open my $told, ">&=", $report;
fcntl $told, 2, 1;
delete $ENV{PERL_BADLANG};
opendir my $files, "/proc/self/fd";
my @files = readdir $files;
closedir $files;
for (@files) { POSIX::close($_) if $_ > 2 && $_ != $report }

sub fail { my ($what, $fix) = @_; print $told "$what\n$!\n$fix"; close $told; POSIX::_exit(125) }
sub setting { open my $file, "<", "/proc/sys/$_[0]" or return ""; my $line = <$file>; chomp $line; $line }
sub refused {
  my $number = $! + 0;
  my $fix = "Allow namespaces to this user, or build as root; a container has to be started with that right";
  $fix = "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0, or build as root" if setting("kernel/apparmor_restrict_unprivileged_userns") eq "1";
  $fix = "sudo sysctl kernel.unprivileged_userns_clone=1" if setting("kernel/unprivileged_userns_clone") eq "0";
  $fix = "sudo sysctl user.max_user_namespaces=15000" if setting("user/max_user_namespaces") eq "0";
  $! = $number;
  fail($_[0], $fix);
}
sub put { open my $file, ">", $_[0] or return 0; print $file $_[1]; close $file }

open my $self, "<", "/proc/self/exe" or fail("/proc is not there", "Mount it");
read $self, my $head, 20;
my $generic = [97, 40, 39, 41, 161, 167];
my $numbers = {62 => [272, 165, 166, 155, 170, 157], 183 => $generic, 243 => $generic, 3 => [310, 21, 52, 217, 74, 172],
  40 => [337, 21, 52, 218, 74, 172], 21 => [282, 21, 52, 203, 74, 171], 22 => [303, 21, 52, 217, 74, 172]}->{unpack "x18S", $head}
  or fail("this kind of processor is not known", "Please report it");
my ($unshare, $mount, $unmount, $pivot, $hostname, $process) = @$numbers;
sub mount { my ($from, $to, $type, $flags, $data) = @_; syscall($mount, $from, $to, $type, $flags, $data) == 0 or refused("$to cannot be mounted") }
sub show { my ($from, $to, $flags) = @_; mount($from, $to, my $none = "none", 0x1000, $none); mount($none, $to, $none, $flags, $none) }
sub ended { my $status = shift; $status & 127 ? 128 + ($status & 127) : $status >> 8 }

my ($user, $group) = ($>, $) + 0);
syscall($unshare, 0x6e020000 | ($is_root ? 0 : 0x10000000)) == 0 or refused("no namespace can be made");
if (!$is_root) {
  put("/proc/self/uid_map", "$id $user 1\n") or refused("this user may not use a namespace");
  put("/proc/self/setgroups", "deny");
  put("/proc/self/gid_map", "$id $group 1\n") or refused("this group may not use a namespace");
}

# Only now: whoever changes its rights is no longer killed.
syscall($process, 1, 9, 0, 0, 0);
POSIX::_exit(125) if getppid != $parent;
my $first = fork;
defined $first or fail("no process can be made", "End some that run");
if ($first) { waitpid $first, 0; POSIX::_exit(ended($?)) }

syscall($process, 1, 9, 0, 0, 0);
mount("none", "/", "none", 0x44000, "none");
mount("tmpfs", $root, "tmpfs", 6, "mode=755,size=16m");
mkdir "$root/$_" for qw(usr build out tmp dev dev/shm proc etc var);
for (qw(bin sbin lib lib32 lib64 libx32)) { symlink "usr/$_", "$root/$_" if -d "$tree/usr/$_" }
symlink "/tmp", "$root/var/tmp";
show("$tree/usr", "$root/usr", 0x1027);
show($build, "$root/build", 0x1026);
show($out, "$root/out", 0x1026);
show($tmp, "$root/tmp", 0x1026);
for (qw(null zero full random urandom)) { put("$root/dev/$_", ""); show("/dev/$_", "$root/dev/$_", 0x102b) }
symlink "/proc/self/fd", "$root/dev/fd";
for (0 .. 2) { symlink "/proc/self/fd/$_", "$root/dev/" . (qw(stdin stdout stderr))[$_] }
mount("tmpfs", "$root/dev/shm", "tmpfs", 6, "mode=1777");
mount("proc", "$root/proc", "proc", 14, "");
put("$root/etc/passwd", "root:x:0:0:root:/:/bin/sh\nbuild:x:$id:$id:build:/build:/bin/sh\nnobody:x:65534:65534:nobody:/:/bin/sh\n");
put("$root/etc/group", "root:x:0:\nbuild:x:$id:\nnogroup:x:65534:\n");
put("$root/etc/hosts", "127.0.0.1 localhost build\n::1 localhost\n");
open my $from, "<", $script or fail("the script cannot be read", "Run it again");
put("$root/build.sh", do { local $/; <$from> });
close $from;

socket my $socket, 2, 2, 0;
my $loopback = pack "a16 s x22", "lo", 0x41;
ioctl $socket, 0x8914, $loopback or fail("the network of the sandbox cannot be set up", "Please report it");
close $socket;
my $name = "build";
syscall($hostname, $name, length $name) == 0 or refused("no name of a machine can be set");
chdir $root;
my ($new, $old) = (".", ".");
syscall($pivot, $new, $old) == 0 or refused("the sandbox cannot be entered");
syscall($unmount, $old, 2) == 0 or refused("the machine cannot be left");
chdir "/";
mount("none", "/", "none", 0x1027, "none");

my $child = fork;
defined $child or fail("no process can be made", "End some that run");
if ($child) {
  while ((my $done = wait) != $child) { last if $done < 0 }
  POSIX::_exit(ended($?));
}
POSIX::setsid();
if ($is_root) { $) = "$id $id"; POSIX::setgid($id); POSIX::setuid($id) }
fail("the rights of root cannot be dropped", "Please report it") if $> != $id || $< != $id || $) + 0 != $id;
syscall($process, 38, 1, 0, 0, 0) == 0 or fail("rights cannot be given up for good", "Use a kernel that is newer than 3.5");
umask 022;
chdir "/build";
exec { "/bin/sh" } "sh", "-e", "/build.sh";
fail("there is no /bin/sh that can be started", "Add a shell to the tools of the build: dash");
`;
