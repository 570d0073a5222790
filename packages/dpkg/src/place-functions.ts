/** Says where all is, and what is wanted. */
export const placeFunctions = `packages_fail() { printf 'Cannot change packages: %s\\n' "$*" >&2; }
# packages_open ROOT FILES STATE [WORK]: says where all is. What is worked with is below the root, since dpkg may run inside of it.
packages_open() {
  packages_root=\${1%/} packages_files=$2 packages_state=$3 packages_work=\${4:-$3/work}
  packages_inner=\${packages_work#"$packages_root"}
  case $packages_work in "$packages_root"/*) ;; *) packages_fail "$packages_work is not below $1" && return 1 ;; esac
  case $packages_inner in *[!A-Za-z0-9/._+-]*) packages_fail "apt cannot read the path $packages_inner" && return 1 ;; esac
  rm -rf -- "$packages_work" &&
    mkdir -p -m 0700 -- "$packages_work/lists/partial" "$packages_work/cache/archives/partial" "$packages_work/bin" || return 1
  for packages_list in want gone marks known owned excluded; do : > "$packages_work/$packages_list" || return 1; done
  [ -x "$packages_root/usr/bin/dpkg" ] || [ -x "$packages_root/bin/dpkg" ] || { packages_fail "there is no dpkg in \${1}" && return 1; }
  packages_native=$(dpkg-query --admindir="$packages_root/var/lib/dpkg" -W -f '\${Architecture}' dpkg) || packages_native=none
}
# packages_run COMMAND...: runs it on the machine, where it asks nobody anything.
packages_run() {
  set -- env -i PATH="$packages_inner/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" HOME=/root \\
    LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive DEBCONF_NONINTERACTIVE_SEEN=true APT_CONFIG="$packages_inner/apt.conf" "$@"
  [ -z "$packages_root" ] || set -- chroot "$packages_root" "$@"
  "$@" < "\${packages_input:-/dev/null}" 9>&-
}
# packages_key NAME ARCHITECTURE: what runs everywhere is called as what the machine is made for.
packages_key() { if [ "$2" = all ]; then packages_key=$1:$packages_native; else packages_key=$1:$2; fi; }
# The next take lines of words; the first two are a name and an architecture, for which there is one key.
packages_note() {
  packages_list=$1
  shift
  for packages_line do
    packages_rest=\${packages_line#* }
    packages_key "\${packages_line%% *}" "\${packages_rest%% *}"
    printf '%s %s\\n' "$packages_key" "$packages_rest"
  done >> "$packages_work/$packages_list"
}
packages_want() { packages_note want "$@"; }
packages_gone() { packages_note gone "$@"; }
packages_mark() { packages_note marks "$@"; }
packages_known() { packages_note known "$@"; }
packages_own() { printf '%s\\n' "$@" >> "$packages_work/owned"; }
packages_exclude() { printf '%s\\n' "$@" >> "$packages_work/excluded"; }
packages_sorted() { for packages_list in want gone marks known; do LC_ALL=C sort -o "$packages_work/$packages_list" -- "$packages_work/$packages_list" || return 1; done; }`;
