/** Makes files of installed packages. */
export const keepFunctions = `# packages_keep: makes a file of each package that is replaced or removed, of what is installed of it.
packages_keep() {
  packages_sorted && packages_list "$packages_work/before" && mkdir -p -m 0700 -- "$packages_state/kept" || return 1
  LC_ALL=C sort -u -k 1,1 -- "$packages_work/want" "$packages_work/gone" | cut -d ' ' -f 1 > "$packages_work/changed" || return 1
  # What is at hand in the version that is installed need not be made.
  LC_ALL=C join -o 1.1,1.2,1.3,1.5 -- "$packages_work/before" "$packages_work/changed" > "$packages_work/leaving" || return 1
  packages_join 1.1,1.2,1.3,1.4,2.3 "$packages_work/leaving" "$packages_work/known" > "$packages_work/both" || return 1
  : > "$packages_work/keeping"
  while read -r packages_key packages_version packages_for packages_now packages_line; do
    [ "$packages_now" != reinstall ] && [ "$packages_line" != "$packages_version" ] || continue
    packages_file_name "\${packages_key%:*}" "$packages_version" "$packages_for"
    [ -e "$packages_state/kept/$packages_file" ] || printf '%s %s %s\\n' "\${packages_key%:*}" "$packages_for" "$packages_file"
  done < "$packages_work/both" > "$packages_work/keeping" || return 1
  [ ! -s "$packages_work/keeping" ] || packages_keep_all || { packages_fail "the packages that it replaces cannot be kept" && return 1; }
  [ -n "\${FIRN_NO_SYNC:-}" ] || sync -f -- "$packages_state/kept" || return 1
  rm -rf -- "$packages_work"
}
# packages_file_name NAME VERSION ARCHITECTURE
packages_file_name() {
  packages_rest=$2 packages_file=
  while :; do
    case $packages_rest in *:*) packages_file=$packages_file\${packages_rest%%:*}%3a packages_rest=\${packages_rest#*:} ;; *) break ;; esac
  done
  packages_file=$1_$packages_file\${packages_rest}_$3.deb
}
packages_keep_all() (
  mkdir -- "$packages_work/keep" && packages_describe || exit 1
  number=0
  diversions='
'
  while IFS= read -r path && IFS= read -r to && IFS= read -r by; do
    diversions="$diversions$path|$by|$to
"
  done < "$packages_root/var/lib/dpkg/diversions"
  while read -r name for file; do
    number=$((number + 1))
    packages_rebuild || exit 1
  done < "$packages_work/keeping"
)
# packages_describe: writes what each package says of itself to a numbered file, and its conffiles with their sums to another.
packages_describe() (
  set -f
  IFS='
'
  text=$(dpkg-query --admindir="$packages_root/var/lib/dpkg" -s $(while IFS=' ' read -r name for _; do printf '%s:%s\\n' "$name" "$for"; done < "$packages_work/keeping")) || exit 1
  number=0 field=
  for line in $text; do
    case $line in
      'Package: '*)
        number=$((number + 1)) field=
        exec > "$packages_work/keep/$number" 3> "$packages_work/keep/$number.conffiles" ;;
      Status:* | Config-Version:* | Triggers-Pending:* | Triggers-Awaited:*) field=none ;;
      Conffiles:*) field=conffiles ;;
      ' '*) ;;
      *) field= ;;
    esac
    case $field in
      '') printf '%s\\n' "$line" ;;
      conffiles) [ "$line" = Conffiles: ] || printf '%s\\n' "\${line# }" >&3 ;;
    esac
  done
)
# packages_rebuild: makes the file of one package: an archive by ar of archives by tar.
packages_rebuild() {
  here=$packages_work/keep info=$packages_root/var/lib/dpkg/info/$name part=$packages_state/kept/$file.part
  [ -e "$info.list" ] || info=$info:$for
  rm -rf -- "$here/control" "$here/diverted" && mkdir -- "$here/control" "$here/diverted" &&
    cp -- "$here/$number" "$here/control/control" || return 1
  for control in "$info".*; do
    case $control in *.list | *.dpkg-new) ;; *) cp -a -- "$control" "$here/control/\${control##*.}" || return 1 ;; esac
  done
  packages_changed_conffiles && packages_paths && packages_left_out || return 1
  tar -c -f "$here/control.tar" --format=gnu --owner=root:0 --group=root:0 -C "$here/control" . || return 1
  {
    printf '!<arch>\\n'
    packages_member debian-binary 4
    printf '2.0\\n'
    packages_member _firn "$(stat -c %s -- "$here/modified")"
    cat -- "$here/modified"
    packages_member control.tar "$(stat -c %s -- "$here/control.tar")"
    cat -- "$here/control.tar"
  } > "$part" || return 1
  start=$(stat -c %s -- "$part")
  # The size of a member stands before it, and is known after it.
  { packages_member data.tar 0 && tar -c -f - --format=gnu --no-recursion --verbatim-files-from -C "$packages_root/" -T "$here/paths" -C "$here/diverted" -T "$here/diversions"; } >> "$part" || return 1
  packages_member data.tar "$(($(stat -c %s -- "$part") - start - 60))" |
    dd of="$part" bs=60 count=1 iflag=fullblock seek="$start" oflag=seek_bytes conv=notrunc status=none || return 1
  mv -f -T -- "$part" "$packages_state/kept/$file"
}
# packages_member NAME SIZE: the header of a member.
packages_member() { printf '%-16s%-12s%-6s%-6s%-8s%-10s\`\\n' "$1" 0 0 0 100644 "$2"; }
# packages_changed_conffiles: lists those that are not as the package had them. They
# are in the file all the same; but where one is still there, it stays, so that
# dpkg goes on to know that somebody changed it.
packages_changed_conffiles() {
  left_out='
'$(cat -- "$packages_work/owned")'
'
  : > "$here/modified"
  while read -r path sum flag; do
    case $flag in *obsolete*) left_out=$left_out$path'
' ;; esac
    # It was not unpacked when the package came.
    if [ "$sum" = newconffile ]; then printf 'beside %s\\n' "$path" >> "$here/modified"; else printf '%s  .%s\\n' "$sum" "$path"; fi
  done < "$here/$number.conffiles" > "$here/sums"
  { [ ! -s "$here/sums" ] || (cd -- "$packages_root/" && md5sum --check --quiet -- "$here/sums" 2>/dev/null) || :; } > "$here/failed"
  while IFS= read -r line; do
    line=\${line%: FAILED*}
    line=\${line#.}
    # What dpkg has put beside it already stays.
    if [ -e "$packages_root$line.dpkg-dist" ]; then printf 'beside %s\\n' "$line"; else printf 'there %s\\n' "$line"; fi
  done < "$here/failed" >> "$here/modified"
}
# packages_left_out: ends the member that says what is not unpacked. Of files that the
# machine left out or lost one is named, since dpkg forgets packages that have none.
packages_left_out() {
  if IFS= read -r path < "$here/missing"; then
    mkdir -p -- "$here/diverted\${path%/*}" && : > "$here/diverted$path" || return 1
    printf '%s\\n' ".$path" >> "$here/diversions"
    printf 'never %s\\n' "$path" >> "$here/modified"
  fi
  printf '.\\n' >> "$here/modified"
  # A member has an even size.
  [ $(($(stat -c %s -- "$here/modified") % 2)) = 0 ] || printf '\\n' >> "$here/modified"
}
# packages_paths: lists what there is of the package.
packages_paths() (
  set -f
  IFS='
'
  : > "$here/diversions"
  : > "$here/missing"
  last= missing=
  for path in $(cat -- "$info.list"); do
    case $path in /. | '') printf '%s\\n' . && continue ;; esac
    # A folder that is a link here is one of the machine's, where the package has files in it.
    if [ -n "$last" ]; then
      case $path in "$last"/*) ;; *) printf '%s\\n' ".$last" ;; esac
      last=
    fi
    case $left_out in *"
$path
"* | *"
/usr$path
"*) missing=$path && continue ;; esac
    case $diversions in *"
$path|"*) packages_diverted "$path" && continue ;; esac
    at=$packages_root$path
    if [ -L "$at" ]; then
      if [ -d "$at" ]; then last=$path; else printf '%s\\n' ".$path"; fi
    elif [ -e "$at" ]; then printf '%s\\n' ".$path"
    else missing=$path; fi
  done > "$here/paths"
  [ -z "$last" ] || printf '%s\\n' ".$last" >> "$here/paths"
  [ -z "$missing" ] || printf '%s\\n' "$missing" > "$here/missing"
)
# packages_diverted PATH: another package has what is at the path; what this one has of it is elsewhere.
packages_diverted() {
  to=\${diversions#*"
$1|"}
  to=\${to%%"
"*}
  [ "\${to%%|*}" != "$name" ] || return 1
  to=$packages_root\${to#*|}
  [ -L "$to" ] || [ -e "$to" ] || return 0
  mkdir -p -- "$here/diverted\${1%/*}" && cp -a -T -- "$to" "$here/diverted$1" && printf '%s\\n' ".$1" >> "$here/diversions"
}
# packages_left FILE: prints what a kept file says is not to be unpacked, and why.
packages_left() {
  [ -e "$1" ] || return 0
  {
    IFS= read -r packages_rest && IFS= read -r packages_rest && IFS= read -r packages_rest && IFS= read -r packages_rest || return 0
    case $packages_rest in _firn' '*) ;; *) return 0 ;; esac
    while IFS= read -r packages_rest && [ "$packages_rest" != . ]; do printf '%s\\n' "$packages_rest"; done
  } < "$1"
}
# packages_is_kept FILE: whether it is one that was made of what was installed; starts nothing, since there may be hundreds.
packages_is_kept() {
  [ -e "$1" ] || return 1
  {
    IFS= read -r packages_rest && IFS= read -r packages_rest && IFS= read -r packages_rest && IFS= read -r packages_rest || return 1
  } < "$1"
  case $packages_rest in _firn' '*) return 0 ;; *) return 1 ;; esac
}
# packages_modified FILE: prints options that leave changed conffiles alone that are still there.
packages_modified() {
  packages_is_kept "$1" || return 0
  packages_left "$1" | while IFS=' ' read -r packages_why packages_rest; do
    [ "$packages_why" = never ] || [ -e "$packages_root$packages_rest" ] || continue
    printf '%s\\n' "--path-exclude=$packages_rest"
  done
}
# packages_tidy: what the version that goes wanted to be there instead goes with it.
packages_tidy() {
  while IFS=' ' read -r _ _ _ _ packages_file; do
    packages_is_kept "$packages_files/$packages_file" || continue
    packages_left "$packages_files/$packages_file" | while IFS=' ' read -r packages_why packages_rest; do
      [ "$packages_why" != there ] || rm -f -- "$packages_root$packages_rest.dpkg-dist" || return 1
    done
  done < "$packages_work/want"
  # What goes before it was configured has its conffiles under other names.
  [ -s "$packages_work/gone" ] || return 0
  packages_unconfigured
}
packages_unconfigured() (
  set -f
  IFS='
'
  for line in $(dpkg-query --admindir="$packages_root/var/lib/dpkg" -W -f '\${Conffiles}\\n' \\
    $(while IFS=' ' read -r key for; do printf '%s:%s\\n' "\${key%:*}" "$for"; done < "$packages_work/gone") 2>/dev/null); do
    line=\${line# }
    printf '%s\\n' "$packages_root\${line%% *}.dpkg-new"
  done > "$packages_work/unconfigured"
  [ ! -s "$packages_work/unconfigured" ] || rm -f -- $(cat -- "$packages_work/unconfigured")
)`;
