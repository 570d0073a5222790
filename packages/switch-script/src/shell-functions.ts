/** How the scripts say what they are doing: a line that starts so, with the number of the step and of all. */
export const stepLine: RegExp = /^==> \[(\d+)\/(\d+)\] (.*)$/;

// Functions of the scripts. They name nothing but their arguments, S (folder of
// the state) and G (folder of the new generation).

/** For all scripts. */
export const commonFunctions = `step() { printf '==> [%s] %s\\n' "$1" "$2" || :; }
say() { printf '%s\\n' "$*" >&2 || :; }
gone() { [ ! -e "$1" ] && [ ! -L "$1" ]; }
forget_failure() { $manager reset-failed -- "$@" 2>/dev/null || :; }`;

/** For the script that switches. */
export const applyFunctions = `# Nothing has changed yet: stops.
refuse() { say "Cannot switch: $*"; exit 1; }
fail() { say "Cannot go on: $*"; exit 3; }
sync_all() { [ -n "\${FIRN_NO_SYNC:-}" ] || sync -f -- "$@"; }
is_absent() { for p do gone "$p" || refuse "there is something at $p now"; done; }
is_link() { for p do [ -L "$p" ] || refuse "$p is no link any more"; done; }
is_file() { for p do { [ -f "$p" ] && [ ! -L "$p" ]; } || refuse "$p is no file any more"; done; }
is_directory() { for p do { [ -d "$p" ] && [ ! -L "$p" ]; } || refuse "$p is no directory any more"; done; }
leads_on() { for p do [ -d "$p" ] || refuse "there is no directory at $p"; done; }
# has_only DIRECTORY NAME...: nothing else is in a directory that something else is to replace.
has_only() {
  d=$1
  shift
  for p in "$d"/* "$d"/.[!.]* "$d"/..?*; do
    gone "$p" && continue
    for n do [ "$p" != "$d/$n" ] || continue 2; done
    refuse "there is $p in a directory that something else is to replace"
  done
}
# save DIRECTORY PATH...: keeps what is at the paths, so that it can come back as it is.
save() {
  mkdir -p -- "$1"
  ln -P -t "$@" 2>/dev/null || cp -a --remove-destination -t "$@"
}
# keep NAME PATH: the same for what belongs to the user, beyond the switch.
keep() { ln -P -T -- "$2" "$S/kept/$1" 2>/dev/null || { cp -a -T -- "$2" "$S/kept/$1.part" && mv -f -T -- "$S/kept/$1.part" "$S/kept/$1"; }; }
# move_away NAME PATH: the same for a directory.
move_away() { [ "$(stat -c %d -- "$2")" = "$(stat -c %d -- "$S/kept")" ] && mv -T -- "$2" "$S/kept/$1" || { cp -a -T -- "$2" "$S/kept/$1.part" && mv -T -- "$S/kept/$1.part" "$S/kept/$1" && rm -rf -- "$2"; }; }
# bring_directory NAME PATH: the user's directory comes back.
bring_directory() { [ "$(stat -c %d -- "$S/kept")" = "$(stat -c %d -- "$(dirname -- "$2")")" ] && mv -T -- "$S/kept/$1" "$2" || { cp -a -T -- "$S/kept/$1" "$2.firn-part" && mv -T -- "$2.firn-part" "$2" && : > "$S/journal/copied-$1"; }; }
# bring NAME PATH: what is kept comes to PATH, and stays until the switch is proved.
bring() { ln -P -T -- "$S/kept/$1" "$2" 2>/dev/null || cp -a -T -- "$S/kept/$1" "$2"; }
# place_account NAME PATH: the new text, with mode and owner of the old.
place_account() {
  mkdir -p -- "$S/journal/old"
  ln -P -T -- "$2" "$S/journal/old/$1" 2>/dev/null || cp -a -T -- "$2" "$S/journal/old/$1"
  cp -p -T -- "$2" "$2.firn-new"
  cat -- "$S/journal/account-$1" > "$2.firn-new"
  sync_all "$2.firn-new"
  mv -f -T -- "$2.firn-new" "$2"
}
# on_units VERB UNIT...: shows what systemd says of them when it does not succeed.
on_units() {
  verb=$1
  shift
  $manager "$verb" -- "$@" 9>&- && return 0
  for u do
    case $($manager is-active -- "$u") in active | inactive) ;; *) $manager status --no-pager -n 15 -- "$u" >&2 || : ;; esac
  done
  fail "systemctl $verb did not succeed for $*"
}
# prove UNIT...: it runs, and did not have to be started twice.
prove() {
  for u do
    restarts=$($manager show -P NRestarts -- "$u")
    if $manager is-active -q -- "$u" && [ "\${restarts:-0}" = 0 ]; then continue; fi
    $manager status --no-pager -n 15 -- "$u" >&2 || :
    fail "$u does not run"
  done
}`;

/** For the script that goes back. */
export const revertFunctions = `stop() { say "Cannot go back: $*"; exit 4; }
bad() { say "$*"; is_bad=yes; }
leads_to() { [ -L "$1" ] && [ "$(readlink -- "$1" && echo .)" = "$2
." ]; }
is_copy() { [ -f "$1" ] && [ ! -L "$1" ] && [ -f "$2" ] && cmp -s -- "$1" "$2"; }
# ask_units VERB UNIT...: whether it succeeds is looked at later.
ask_units() {
  verb=$1
  shift
  $manager "$verb" -- "$@" 9>&- 2>/dev/null || :
}
stop_left() { for u do ! $manager is-active -q -- "$u" || try_units stop "$u"; done; }
# try_units VERB UNIT...
try_units() {
  verb=$1
  shift
  [ "$mode" = boot ] || $manager "$verb" -- "$@" 9>&- || bad "systemctl $verb did not succeed for $*"
}
# restore_account NAME PATH: the text of before, unless somebody else changed it since.
restore_account() {
  rm -f -- "$2.firn-new"
  gone "$S/journal/old/$1" && return 0
  if cmp -s -- "$2" "$S/journal/account-$1"; then mv -f -T -- "$S/journal/old/$1" "$2" || bad "Cannot bring back $2"
  elif cmp -s -- "$2" "$S/journal/account-before-$1"; then :
  elif [ -e "$S/journal/packages-began" ] && added "$1" "$2"; then
    cp -p -T -- "$S/journal/old/$1" "$2.firn-new" && cat "$S/journal/added" >> "$2.firn-new" && mv -f -T -- "$2.firn-new" "$2" || bad "Cannot bring back $2"
  else bad "Left alone, since it was changed: $2"; fi
}
# added NAME PATH: finds the lines that scripts of packages added; fails when they changed others.
added() {
  sort -- "$S/journal/account-$1" > "$S/journal/sorted"
  [ -z "$(sort -- "$2" | comm -13 -- - "$S/journal/sorted")" ] || return 1
  sort -- "$2" | comm -23 -- - "$S/journal/sorted" > "$S/journal/added"
}
# rescue PATH: somebody put this there since; it is not lost.
rescue() {
  n=1
  while ! gone "$S/kept/found-$n"; do n=$((n + 1)); done
  mv -T -- "$1" "$S/kept/found-$n" && say "What is at $1 since the switch began is now $S/kept/found-$n"
}
# drop_link PATH TARGET, drop_file PATH CONTENT: removes what the switch made; leaves what it did not.
drop_link() { if leads_to "$1" "$2"; then rm -f -- "$1" || bad "Cannot remove $1"; elif ! gone "$1"; then say "Left alone: $1"; fi; }
drop_file() { if is_copy "$1" "$2"; then rm -f -- "$1" || bad "Cannot remove $1"; elif ! gone "$1"; then say "Left alone: $1"; fi; }
# drop_links DIRECTORY FOLDER NAME...: the same for links named like what they lead to, in one go where they are all there.
drop_links() {
  d=$1 f=$2
  shift 2
  [ -d "$d" ] || return 0
  if [ "$(cd -- "$d" && readlink -- "$@" 2>/dev/null && echo .)" = "$(printf "%s\\n" "$@" | while IFS= read -r n; do printf '%s/%s\\n' "$f" "$n"; done && echo .)" ]; then
    (cd -- "$d" && rm -f -- "$@") || bad "Cannot remove links in $d"
  else
    for n do drop_link "$d/$n" "$f/$n"; done
  fi
}
# bring_back SAVED PATH: what was saved is at PATH again.
bring_back() {
  gone "$1" && return 0
  if [ -L "$1" ] && leads_to "$2" "$(readlink -- "$1")"; then rm -f -- "$1"; return 0; fi
  if [ ! -L "$2" ] && { [ "$2" -ef "$1" ] || is_copy "$1" "$2"; }; then rm -f -- "$1"; return 0; fi
  gone "$2" || is_ours "$2" "$3" "$4" || rescue "$2"
  mv -f -T -- "$1" "$2" || bad "Cannot bring back $2 from $1"
}
# is_ours PATH KIND WHAT: whether it is what the switch put there.
is_ours() {
  case $2 in
    link) leads_to "$1" "$3" ;;
    file) is_copy "$1" "$3" ;;
    *) false ;;
  esac
}
# bring_all_back FOLDER DIRECTORY NAME...: the same for many, of which none was replaced.
bring_all_back() {
  f=$1 d=$2
  shift 2
  for n do
    shift
    gone "$f/$n" && continue
    if gone "$d/$n"; then set -- "$@" "$f/$n"; else bring_back "$f/$n" "$d/$n" none ''; fi
  done
  [ $# -eq 0 ] || mv -f -t "$d" -- "$@" || bad "Cannot bring back what was in $d"
}
# take_back NAME PATH: the user's directory had come back; it is kept again.
take_back() {
  rm -rf -- "$2.firn-part"
  if gone "$S/kept/$1"; then gone "$2" || mv -T -- "$2" "$S/kept/$1" || bad "Cannot take back $2"
  elif [ -e "$S/journal/copied-$1" ]; then rm -rf -- "$2"; fi
}
# move_back NAME PATH KIND WHAT: the same for a directory of the user's.
move_back() {
  rm -rf -- "$S/kept/$1.part"
  gone "$S/kept/$1" && return 0
  if is_ours "$2" "$3" "$4"; then rm -f -- "$2"; elif ! gone "$2"; then rmdir -- "$2" 2>/dev/null || rescue "$2"; fi
  mv -T -- "$S/kept/$1" "$2" || bad "Cannot bring back $2"
}`;
