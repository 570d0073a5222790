/**
 * Has dpkg know a configuration file that it did not unpack as one that nobody
 * changed: it would ask about it, or leave it as it is, at every upgrade.
 */
const noteProgram = `use strict;
use Fcntl;
use IO::Handle;
my ($list, $no_sync) = @ARGV;
my ($folder, @locks, %sums) = ("/var/lib/dpkg");
foreach my $name ("lock-frontend", "lock") {
  open(my $lock, ">>", "$folder/$name") or exit 1;
  my $all = pack("ssx4qqix4", F_WRLCK, 0, 0, 0, 0);
  fcntl($lock, F_SETLK, $all) or exit 1;
  push @locks, $lock;
}
# What dpkg has not written to its file yet is none of our business.
exit 1 if glob("$folder/updates/*");
open(my $in, "<", $list) or exit 1;
while (<$in>) { $sums{"$1 $2"}{$4} = $3 if /^(\\S+) (\\S+) (\\S+) (.*)$/ }
open(my $old, "<", "$folder/status") or exit 1;
my $text = do { local $/; <$old> };
my $before = $text;
foreach my $stanza (split /\\n\\n/, $text) {
  my ($package) = $stanza =~ /^Package: (\\S+)$/m or next;
  my ($for) = $stanza =~ /^Architecture: (\\S+)$/m or next;
  my $wanted = $sums{"$package $for"} or next;
  my $changed = $stanza;
  while (my ($path, $sum) = each %$wanted) { $changed =~ s/^ \\Q$path\\E \\w+$/ $path $sum/m }
  my $at = index($text, $stanza);
  substr($text, $at, length $stanza) = $changed;
}
exit 0 if $text eq $before;
open(my $new, ">", "$folder/status-new") or exit 1;
print $new $text or exit 1;
$new->flush and ($no_sync or $new->sync) or exit 1;
close $new or exit 1;
rename "$folder/status-new", "$folder/status" or exit 1;`;

/** Puts what packages have where others had something, and removes it again. */
export const giveBackFunctions: string = `packages_note_program='${noteProgram}'
# packages_search PATTERN..., packages_brought NAME..., packages_give PATH...
packages_search() { printf '%s\\n' "$@" >> "$packages_work/patterns"; }
packages_brought() { printf '%s\\n' "$@" >> "$packages_work/brought"; }
packages_give() { printf '%s\\n' "$@" >> "$packages_work/given"; }
# packages_give_back: what a package has comes where nothing is now, or what an earlier version had.
packages_give_back() (
  set -f
  IFS='
'
  : >> "$packages_work/brought"
  found=$(dpkg-query --admindir="$packages_root/var/lib/dpkg" -S $(cat -- "$packages_work/patterns") 2>/dev/null) || :
  number=0
  : > "$packages_work/sums"
  for path in $(cat -- "$packages_work/given"); do
    if [ -n "$found" ] && packages_find_owner && packages_may_give; then packages_give_one || exit 1; fi
  done
  # At worst dpkg takes it for one that somebody changed.
  if [ -s "$packages_work/sums" ] && printf '%s\\n' "$packages_note_program" > "$packages_work/note.pl"; then
    packages_run perl "$packages_inner/note.pl" "$packages_inner/sums" "\${FIRN_NO_SYNC:-}" > "$packages_work/log" 2>&1 || :
  fi
  rm -rf -- "$packages_work"
)
packages_is_gone() { [ ! -e "$1" ] && [ ! -L "$1" ]; }
# packages_find_owner: which installed package has something for the path, and how it calls it.
packages_find_owner() {
  owner= at= diverted=
  for line in $found; do
    case $line in
      'diversion by '*' from: '*) packages_is_path "\${line#* from: }" && diverted=\${line#diversion by } diverted=\${diverted%% from: *} ;;
      'local diversion from: '*) packages_is_path "\${line#*: }" && return 1 ;;
      *diversion*' to: '*) ;;
      *) packages_is_path "\${line#*: }" && at=\${line#*: } owners=\${line%%: *} ;;
    esac
  done
  [ -n "$at" ] || return 1
  for line in $(printf '%s\\n' "$owners" | tr -d ' ' | tr , '\\n'); do
    # Where a package diverts what others have, only its own is there.
    [ -z "$diverted" ] || [ "\${line%%:*}" = "$diverted" ] || continue
    line=$(dpkg-query --admindir="$packages_root/var/lib/dpkg" -W -f '\${db:Status-Status}|\${Package}|\${Architecture}|\${Version}' "$line" 2>/dev/null) || continue
    case $line in installed'|'*) ;; *) continue ;; esac
    line=\${line#*|}
    owner=\${line%%|*} version=\${line##*|} line=\${line#*|}
    for=\${line%%|*}
    return 0
  done
  return 1
}
# packages_is_path PATH: whether a package that calls it so means the path.
packages_is_path() { [ "$1" = "$path" ] || [ "/usr$1" = "$path" ] || [ "$1" = "/usr$path" ]; }
# packages_sum_of_conffile: which sum dpkg knows of it; fails for other files.
packages_sum_of_conffile() {
  for line in $(dpkg-query --admindir="$packages_root/var/lib/dpkg" -W -f '\${Conffiles}' "$owner:$for"); do
    line=\${line# }
    [ "\${line%% *}" = "$at" ] || continue
    line=\${line#* } known=\${line%% *}
    return 0
  done
  return 1
}
# packages_may_give: what somebody changed stays, and where it was removed from a package of before, that.
packages_may_give() {
  known=
  if packages_sum_of_conffile; then
    packages_is_gone "$packages_root$path" && { packages_was_brought || packages_is_missing; } && return 0
    [ -f "$packages_root$path" ] && [ ! -L "$packages_root$path" ] && line=$(md5sum < "$packages_root$path") && [ "\${line%% *}" = "$known" ]
  else
    packages_is_gone "$packages_root$path" || { [ -f "$packages_root$path" ] && [ ! -L "$packages_root$path" ] && packages_was_brought; }
  fi
}
packages_is_missing() { packages_file_name "$owner" "$version" "$for" && [ ! -e "$packages_files/$packages_file" ]; }
packages_was_brought() { LC_ALL=C grep -q -x -F -e "$owner" -- "$packages_work/brought"; }
packages_give_one() {
  packages_file_name "$owner" "$version" "$for"
  if [ ! -e "$packages_files/$packages_file" ]; then
    ! packages_is_gone "$packages_root$path" || printf '%s\\n' "Nothing is at $path, for which the package $owner has something; to bring it back: apt-get install --reinstall -o DPkg::Options::=--force-confmiss $owner" >&2
    return 0
  fi
  number=$((number + 1))
  new=$packages_state/$number
  rm -rf -- "$packages_work/new" && mkdir -- "$packages_work/new" || return 1
  if ! dpkg-deb --fsys-tarfile "$packages_files/$packages_file" | tar -x -p -C "$packages_work/new" -f - -- ".$at" 2> "$packages_work/log" ||
    packages_is_gone "$packages_work/new$at"; then
    # The rest of a file that is there under several names is somewhere else.
    printf '%s\\n' "Cannot bring back $path; to do so: apt-get install --reinstall -o DPkg::Options::=--force-confmiss $owner" >&2
    return 0
  fi
  [ -L "$packages_work/new$at" ] || [ ! -d "$packages_work/new$at" ] || return 0
  [ -L "$packages_work/new$at" ] || ! cmp -s -- "$packages_work/new$at" "$packages_root$path" || return 0
  packages_override
  # Noted first: whoever goes back looks at what is there.
  mv -f -T -- "$packages_work/new$at" "$new" && packages_folder "\${path%/*}" &&
    printf '%s\\n' "$number $path" >> "$packages_state/list" &&
    cp -a -T -- "$new" "$packages_root$path.firn-given" && mv -f -T -- "$packages_root$path.firn-given" "$packages_root$path" || return 1
  [ -L "$new" ] || [ -z "$known" ] || {
    line=$(md5sum < "$new") && printf '%s\\n' "$owner $for \${line%% *} $at" >> "$packages_work/sums"
  }
  [ -n "\${FIRN_NO_SYNC:-}" ] || [ -L "$packages_root$path" ] || sync -- "$packages_root$path"
}
# packages_override: the administrator may have given it another owner and mode.
packages_override() {
  line=$(dpkg-statoverride --admindir "$packages_root/var/lib/dpkg" --list "$at" 2>/dev/null) || return 0
  rest=\${line#* }
  mode=\${rest#* }
  chown "\${line%% *}:\${rest%% *}" -- "$packages_work/new$at" && chmod "\${mode%% *}" -- "$packages_work/new$at"
}
# packages_folder PATH: makes the folders that lead there.
packages_folder() {
  [ -n "$1" ] && [ ! -d "$packages_root$1" ] || return 0
  packages_folder "\${1%/*}" && printf '%s\\n' "folder $1" >> "$packages_state/list" && mkdir -m 0755 -- "$packages_root$1"
}
# packages_take_back ROOT STATE: removes what was put there, and is as it was put.
packages_take_back() {
  packages_root=\${1%/}
  [ -e "$2/list" ] || return 0
  tac -- "$2/list" | while IFS=' ' read -r packages_line packages_path; do
    packages_path=$packages_root$packages_path
    if [ "$packages_line" = folder ]; then
      rmdir -- "$packages_path" 2>/dev/null || :
    else
      rm -f -- "$packages_path.firn-given" || exit 1
      if [ -L "$2/$packages_line" ]; then
        [ ! -L "$packages_path" ] || [ "$(readlink -- "$packages_path")" != "$(readlink -- "$2/$packages_line")" ] || rm -f -- "$packages_path" || exit 1
      elif [ -f "$packages_path" ] && [ ! -L "$packages_path" ] && cmp -s -- "$packages_path" "$2/$packages_line"; then
        rm -f -- "$packages_path" || exit 1
      fi
    fi
  done || return 1
  # What comes to the same paths from now on is somebody else's.
  rm -f -- "$2/list"
}`;
