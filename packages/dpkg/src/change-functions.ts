/** Has apt make the change, and nothing but the change. */
export const changeFunctions = `packages_hook_text='# Reads what apt is going to do; what nobody wanted stops it before it has begun.
cd -- "\${0%/*}" || exit 1
read -r native < native
# Before what is planned comes all that apt is configured with, which takes longer to read than all else.
tac | while read -r name old old_for _ _ new new_for _ action; do
  [ -n "$name" ] || break
  for=$new_for
  [ "$new_for" != - ] || for=$old_for
  [ "$for" != all ] || for=$native
  case $action in
    "**REMOVE**") printf "%s:%s -\\n" "$name" "$for" ;;
    *) printf "%s:%s %s\\n" "$name" "$for" "$new" ;;
  esac
done | LC_ALL=C sort -u > planned
LC_ALL=C comm -23 planned allowed > refused
: > asked
[ ! -s refused ] && [ ! -e only-look ]'
# packages_configure: apt knows no source, no preference and no hook but ours.
packages_configure() {
  printf '%s\\n' "$packages_native" > "$packages_work/native" &&
    printf '%s\\n' "$packages_hook_text" > "$packages_work/hook" &&
    printf '%s\\n' 'Dir::Etc::main "/dev/null";' 'Dir::Etc::parts "/dev/null";' 'Dir::Etc::sourcelist "/dev/null";' \\
      'Dir::Etc::sourceparts "/dev/null";' 'Dir::Etc::preferences "/dev/null";' 'Dir::Etc::preferencesparts "/dev/null";' \\
      "Dir::State::lists \\"$packages_inner/lists\\";" "Dir::Cache \\"$packages_inner/cache\\";" \\
      'Dir::Cache::pkgcache "";' 'Dir::Cache::srcpkgcache "";' 'APT::Sandbox::User "root";' \\
      'APT::Install-Recommends "false";' 'APT::Install-Suggests "false";' 'APT::Get::AutomaticRemove "false";' \\
      'APT::Get::HideAutoRemove "true";' 'Acquire::Languages "none";' 'Dpkg::Use-Pty "0";' \\
      "DPkg::Path \\"$packages_inner/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\\";" \\
      "DPkg::Pre-Install-Pkgs { \\"sh $packages_inner/hook\\"; };" 'DPkg::Tools::Options::sh::Version "3";' \\
      'DPkg::Options { "--force-confdef"; "--force-confold"; };' > "$packages_work/apt.conf"
}
# packages_allowed: all may be configured that is there, and what is wanted may come.
packages_allowed() (
  LC_ALL=C cut -d ' ' -f 1,2 -- "$packages_work/before" > "$packages_work/may" || exit 1
  LC_ALL=C cut -d ' ' -f 1,3 -- "$packages_work/want" >> "$packages_work/may" || exit 1
  # What is wanted in another version may have to make room first.
  { LC_ALL=C cut -d ' ' -f 1 -- "$packages_work/gone" "$packages_work/want" | while read -r key; do printf '%s -\\n' "$key"; done; } >> "$packages_work/may"
  LC_ALL=C sort -u -- "$packages_work/may" > "$packages_work/allowed"
)
# packages_options: prints the options of dpkg, one a line.
packages_options() {
  [ -z "\${FIRN_NO_SYNC:-}" ] || printf '%s\\n' --force-unsafe-io
  while IFS= read -r packages_line; do printf '%s\\n' "--path-exclude=$packages_line"; done < "$packages_work/excluded"
  while IFS= read -r packages_line; do packages_modified "$packages_line"; done < "$packages_work/sources"
}
# packages_todo: writes which of the wanted packages are not there yet, and which of the others still are.
packages_todo() (
  packages_list "$packages_work/now" || exit 1
  packages_join 1.1,1.2,1.3,1.4,1.5,2.2,2.3,2.5 "$packages_work/want" "$packages_work/now" > "$packages_work/both" || exit 1
  missing=
  while read -r key for version mark file now_version now_for state; do
    [ "$version $for installed" != "$now_version $now_for $state" ] || continue
    [ -e "$packages_files/$file" ] || missing="$missing $file"
    printf '%s %s %s %s %s\\n' "$key" "$for" "$version" "$mark" "$file"
  done < "$packages_work/both" > "$packages_work/todo"
  while read -r _ _ _ _ file; do printf '%s\\n' "$packages_files/$file"; done < "$packages_work/todo" > "$packages_work/sources"
  LC_ALL=C join -o 1.1 -- "$packages_work/gone" "$packages_work/now" > "$packages_work/going" || exit 1
  [ -z "$missing" ] || { packages_fail "the files are missing:$missing" && exit 1; }
)
# packages_apt OPTION...: has apt do what is left to do.
packages_apt() (
  rm -f -- "$packages_work/asked" "$packages_work/refused"
  set -f
  IFS='
'
  options=$(packages_options | while IFS= read -r line; do printf '%s\\n%s\\n' -o "DPkg::Options::=$line"; done)
  arguments=$(
    cat -- "$packages_work/inner-files"
    # Where only files are named, apt does not begin when what is there needs something.
    if IFS=' ' read -r key _ version _ < "$packages_work/todo"; then printf '%s\\n' "$key=$version"; fi
    while IFS=' ' read -r key; do printf '%s\\n' "$key-"; done < "$packages_work/going"
  )
  packages_run apt-get -q -y --allow-downgrades --allow-change-held-packages --allow-remove-essential "$@" $options install $arguments \\
    > "$packages_work/log" 2>&1
)
# packages_enter_files: inside of another root the files have to be below it.
packages_enter_files() (
  [ -n "$packages_root" ] || { cp -- "$packages_work/sources" "$packages_work/inner-files" && exit 0 || exit 1; }
  here=$packages_work/files
  mkdir -p -- "$here" || exit 1
  set -f
  IFS='
'
  # One program for all: to start one takes longer than to link a file.
  set -- $(cat -- "$packages_work/sources")
  [ "$#" = 0 ] || cp -L -l -f -t "$here" -- "$@" 2>/dev/null ||
    { rm -rf -- "$here" && mkdir -- "$here" && cp -L -t "$here" -- "$@"; } || exit 1
  for line do printf '%s\\n' "$packages_inner/files/\${line##*/}"; done > "$packages_work/inner-files"
)
# packages_tell: says why apt did not do it.
packages_tell() {
  if [ -s "$packages_work/refused" ]; then
    while read -r packages_key packages_line; do
      case $packages_line in
        -) packages_fail "\${packages_key%:$packages_native} would have to go" ;;
        *) packages_fail "\${packages_key%:$packages_native} $packages_line would come, too" ;;
      esac
    done < "$packages_work/refused"
  else
    tail -n 40 -- "$packages_work/log" | while IFS= read -r packages_line; do
      case $packages_line in 'Reading '* | 'Building dependency tree'*) ;; *) printf '%s\\n' "$packages_line" >&2 ;; esac
    done
    packages_fail "apt-get did not succeed"
    case $(cat -- "$packages_work/log") in *'No space left on device'*) packages_fail "there is no room left: make some, and run it again" ;; esac
  fi
}
# packages_change: makes what is installed what is wanted.
packages_change() {
  packages_status=0
  { packages_sorted && packages_configure && packages_list "$packages_work/before" && packages_allowed && packages_save && packages_deny; } ||
    { packages_fail "the machine cannot be made ready for it" && return 1; }
  packages_apply || packages_status=1
  packages_restore || packages_status=1
  [ "$packages_status" != 0 ] || { packages_tidy && packages_set_marks && packages_compare; } || packages_status=1
  packages_allow || packages_status=1
  packages_settle || :
  [ "$packages_status" != 0 ] || rm -rf -- "$packages_work" "$packages_state/owned" "$packages_state/coming"
  return "$packages_status"
}
packages_apply() {
  packages_repair && packages_todo && packages_enter_files && packages_come || return 1
  if [ -s "$packages_work/todo" ] || [ -s "$packages_work/going" ] || [ "$packages_is_clean" = no ]; then
    packages_apt -o DPkg::Lock::Timeout=120 && return 0
    if [ "$packages_is_clean" = yes ] || [ -s "$packages_work/refused" ]; then packages_tell && return 1; fi
    # What was interrupted may have to end before apt sees a way.
    packages_dpkg --force-depends --configure -a || :
    packages_todo && packages_enter_files && { packages_apt || { packages_tell && return 1; }; }
  fi
}
# packages_set_marks: has apt remember who was asked for.
packages_set_marks() {
  packages_list "$packages_work/now" &&
    { cut -d ' ' -f 1,2,4 -- "$packages_work/want" && cat -- "$packages_work/marks"; } | LC_ALL=C sort > "$packages_work/all-marks" || return 1
  packages_join 1.1,1.3,2.4 "$packages_work/all-marks" "$packages_work/now" > "$packages_work/both" || return 1
  for packages_mark in asked needed; do
    packages_keys=$(
      while read -r key mark now; do [ "$mark" != "$packages_mark" ] || [ "$mark" = "$now" ] || printf '%s ' "$key"; done < "$packages_work/both"
    )
    [ -n "$packages_keys" ] || continue
    [ "$packages_mark" = asked ] && packages_verb=manual || packages_verb=auto
    # shellcheck disable=SC2086
    packages_run apt-mark "$packages_verb" $packages_keys > "$packages_work/log" 2>&1 || { packages_tell && return 1; }
  done
  # What a kill left meant to go, and is to stay.
  cut -d ' ' -f 1 -- "$packages_work/want" > "$packages_work/stay" || return 1
  packages_reselect
}
packages_reselect() (
  dpkg-query --admindir="$packages_root/var/lib/dpkg" -W -f '\${db:Status-Want}|\${Package}|\${Architecture}\\n' > "$packages_work/selections" || exit 1
  while IFS='|' read -r want name for; do
    case $want in install | hold) continue ;; esac
    packages_key "$name" "$for"
    printf '%s %s\\n' "$packages_key" "$name:$for"
  done < "$packages_work/selections" | LC_ALL=C sort | LC_ALL=C join -o 1.2 -- - "$packages_work/stay" | while read -r key; do printf '%s install\\n' "$key"; done > "$packages_work/reselect" || exit 1
  [ ! -s "$packages_work/reselect" ] || packages_input=$packages_work/reselect packages_run dpkg --set-selections
)
# packages_compare: says in what the machine is not what was wanted.
packages_compare() (
  packages_list "$packages_work/now" || exit 1
  LC_ALL=C sort -u -- "$packages_work/want" "$packages_work/gone" | cut -d ' ' -f 1 > "$packages_work/changed" || exit 1
  LC_ALL=C join -v 1 -- "$packages_work/before" "$packages_work/changed" > "$packages_work/others" || exit 1
  packages_join 1.1,1.2,1.3,1.4,2.3 "$packages_work/others" "$packages_work/marks" > "$packages_work/both" || exit 1
  {
    while read -r key for version mark _; do printf '%s %s %s %s\\n' "$key" "$version" "$for" "$mark"; done < "$packages_work/want"
    while read -r key version for mark new; do
      [ "$new" = - ] || mark=$new
      printf '%s %s %s %s\\n' "$key" "$version" "$for" "$mark"
    done < "$packages_work/both"
  } | LC_ALL=C sort > "$packages_work/expected" || exit 1
  cut -d ' ' -f 1-4 -- "$packages_work/now" > "$packages_work/found" || exit 1
  status=0
  if ! cmp -s -- "$packages_work/expected" "$packages_work/found"; then
    LC_ALL=C comm -23 -- "$packages_work/expected" "$packages_work/found" | while read -r key version for mark; do packages_fail "\${key%:$packages_native} should be $version ($for, $mark) now"; done
    LC_ALL=C comm -13 -- "$packages_work/expected" "$packages_work/found" | while read -r key version for mark; do packages_fail "\${key%:$packages_native} is $version ($for, $mark) now"; done
    status=1
  fi
  packages_join 1.1,2.5 "$packages_work/want" "$packages_work/now" > "$packages_work/both" || exit 1
  while read -r key state; do
    [ "$state" = installed ] || { packages_fail "\${key%:$packages_native} is not installed completely" && status=1; }
  done < "$packages_work/both"
  exit "$status"
)`;
